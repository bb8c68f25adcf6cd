-- One phase: requests of one kind, or Fin's usual mix.
dofile(os.getenv("BENCH_LUA") .. "/common.lua")

local phase = os.getenv("BENCH_PHASE")
local all = lines(directory .. "/conversations")
local user = lines(directory .. "/user")[1]
local last, before_ten = lines(directory .. "/last"), lines(directory .. "/before_ten")
local before_fifty = lines(directory .. "/before_fifty")
local count = #last
-- So many conversations of either half are in use, from its beginning to its end.
local used = tonumber(os.getenv("BENCH_USED")) or count
local function place(number, of) return math.floor(number % used * of / used) + 1 end

-- Lists are read from the first half of the conversations, posts go to the second.
local function read_place() return place(sent * 7919, count) end
local function write_place() return all[count + place(sent, #all - count)] end
local function list(place, after)
  local id = after[place]
  return get("/messages?conversation_id=" .. all[place] .. (id ~= "whole" and "&after_id=" .. id or ""))
end

local kinds = {
  post = function() return post("/messages", message(write_place(), user, run .. "-" .. sent)) end,
  -- Where lists are read from: they are longer afterwards.
  post_to_read = function() return post("/messages", message(all[read_place()], user, run .. "-" .. sent)) end,
  repeated = function() return post("/messages", message(all[count + 1], user, "repeated")) end,
  page_of_10 = function() return list(read_place(), before_ten) end,
  page_of_50 = function() return list(read_place(), before_fifty) end,
  nothing_new = function() return list(read_place(), last) end,
  conversation = function() return get("/conversation?conversation_id=" .. all[read_place()]) end,
  user = function() return get("/user?user_id=" .. user) end,
}

-- Four lists for each post.
function kinds.mix()
  if sent % 5 == 0 then return kinds.post() end
  return kinds.page_of_10()
end

-- What actix alone answers is asked for in the same words, below a prefix for each kind.
local function limit(name, kind)
  return function()
    prefix = "/" .. name
    return kind()
  end
end

local limits = {
  limit_nothing = limit("nothing", kinds.nothing_new),
  limit_page = limit("page", kinds.page_of_10),
  limit_post = limit("post", kinds.post),
}

local kind = kinds[phase] or limits[phase]

function request()
  sent = sent + 1
  return kind()
end
