-- What all phases share. Whoever runs them says in the environment where their files are.

function lines(path)
  local all = {}
  for line in io.lines(path) do all[#all + 1] = line end
  return all
end

-- The file is there whole or not at all.
function write(path, all)
  local file = assert(io.open(path .. ".new", "w"))
  file:write(table.concat(all, "\n"), "\n")
  file:close()
  assert(os.rename(path .. ".new", path))
end

directory = os.getenv("BENCH_DIRECTORY")
run = os.getenv("BENCH_RUN")
token = lines(directory .. "/token")[1]
headers = { Authorization = "Bearer " .. token, ["Content-Type"] = "application/json" }
prefix = os.getenv("BENCH_PREFIX") or "/api/fin"
sent = 0

function post(path, body)
  return wrk.format("POST", prefix .. path, headers, body)
end

function get(path)
  return wrk.format("GET", prefix .. path, headers)
end

-- A message as Fin writes it; `id` is its object id.
function message(conversation, user, id)
  return '{"conversation_id":"' .. conversation .. '","message_type":"comment","body":"<p>Hi! I\'d like to know more'
    .. ' about your <b>pricing plans</b>: see <a href=\\"https://example.com/plans?a=1\\">this page</a>, and tell me'
    .. ' which of them fits a team of twelve that writes four hundred messages a day.</p>","author":{"id":"' .. user
    .. '","user_type":"end_user"},"visibility":"public","created_at":"2025-10-27T14:30:00.000Z","object_id":"' .. id
    .. '","attachments":[{"url":"https://example.com/files/pricing-guide.pdf","filetype":"pdf",'
    .. '"filename":"Pricing Guide 2025"}]}'
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"per_second":%.0f,"p50_ms":%.3f,"p99_ms":%.3f,"refused":%d,"failed":%d}\n',
    summary.requests, summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
