-- Walks through a file of tokens, one on each line. Arguments: the file, and for each thread the number of
-- the token of its part that it begins with, with commas between them. Line n belongs to thread n mod threads.
local threads = {}

function setup(thread)
  thread:set("part", #threads)
  table.insert(threads, thread)
  for _, known in ipairs(threads) do
    known:set("parts", #threads)
  end
end

function init(args)
  requests = {}
  local line = 0
  for token in io.lines(args[1]) do
    if line % parts == part then
      table.insert(requests, wrk.format("GET", nil, { ["Authorization"] = "Bearer " .. token }))
    end
    line = line + 1
  end
  local starts = {}
  for start in string.gmatch(args[2], "%d+") do
    table.insert(starts, tonumber(start))
  end
  at = starts[part + 1] % #requests
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency, all)
  for _, thread in ipairs(threads) do
    io.write(string.format("walked to %d\n", thread:get("at")))
  end
end
