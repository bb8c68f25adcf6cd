-- Fills a server: a user, conversations, messages in the first half of them. Leaves the ids in files.
dofile(os.getenv("BENCH_LUA") .. "/common.lua")

local count = tonumber(os.getenv("BENCH_CONVERSATIONS"))
local length = tonumber(os.getenv("BENCH_MESSAGES"))
local step = os.getenv("BENCH_STEP")
local user = step ~= "user" and lines(directory .. "/user")[1]
local ids = step == "messages" and lines(directory .. "/conversations") or {}
local seen, last, before_ten, before_fifty, answered = {}, {}, {}, {}, 0

function request()
  sent = sent + 1
  if step == "user" then
    return post("/user", '{"name":"Jane Doe","email":"jane.doe@example.com","object_id":"bench"}')
  elseif step == "conversations" then
    local first = '{"body":"<p>Hello!</p>","object_id":"0","author":{"id":"' .. user .. '","user_type":"end_user"}}'
    return post("/conversation", '{"title":"Question about pricing","user_id":"' .. user .. '","object_id":"'
      .. sent .. '","initial_message":' .. first .. "}")
  end
  return post("/messages", message(ids[(sent - 1) % count + 1], user, tostring(sent)))
end

local function note_message(body)
  local conversation = string.match(body, '"conversation_id":"([^"]+)"')
  local id = string.match(body, '"id":"(msg_[^"]+)"')
  seen[conversation] = (seen[conversation] or 1) + 1
  last[conversation] = id
  if seen[conversation] == length - 10 then before_ten[conversation] = id end
  if seen[conversation] == length - 50 then before_fifty[conversation] = id end
end

function response(status, _, body)
  if answered < 0 then return end
  if status ~= 201 then
    write(directory .. "/refused", { status .. " " .. body })
    answered = -1
    wrk.thread:stop()
    return
  end
  answered = answered + 1
  if step == "user" then
    write(directory .. "/user", { string.match(body, '"id":"([^"]+)"') })
    answered = -1
    wrk.thread:stop()
  elseif step == "conversations" then
    ids[#ids + 1] = string.match(body, '"conversation_id":"([^"]+)"')
    if #ids == 2 * count then
      write(directory .. "/conversations", ids)
      answered = -1
      wrk.thread:stop()
    end
  else
    note_message(body)
    if answered == count * (length - 1) then
      write(directory .. "/payload", { tostring(#message(ids[1], user, tostring(sent))) })
      local lasts, starts, earlier = {}, {}, {}
      for i = 1, count do
        lasts[i] = last[ids[i]]; starts[i] = before_ten[ids[i]]
        -- Of a conversation of fifty, the whole is asked for.
        earlier[i] = before_fifty[ids[i]] or "whole"
      end
      write(directory .. "/before_ten", starts)
      write(directory .. "/before_fifty", earlier)
      write(directory .. "/last", lasts)
      answered = -1
      wrk.thread:stop()
    end
  end
end
