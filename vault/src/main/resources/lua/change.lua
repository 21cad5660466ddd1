-- Compare-and-set of a subject: changes the hash if it is still the one that was read.
-- KEYS  s:{p}, and optionally i:{p}:… (idempotency)
-- ARGV  expected life, version, epoch ("0" each for what is absent)
--       next life, version, epoch
--       until when by this server's clock in ms
--       number of fields to remove, their names
--       number of fields to set, name and value of each
--       with the second key: its value, its time to live in ms
-- Gives {"seen", value} if the idempotency key stands (nothing is changed),
--       {"lost"} if life, version or epoch differ (nothing is changed),
--       {"late"} if its time is over (nothing is changed),
--       {"changed"}
if KEYS[2] then
  local seen = redis.call('GET', KEYS[2])
  if seen then
    return {'seen', seen}
  end
end

local now = redis.call('HMGET', KEYS[1], 'life', 'ver', 'epoch')
for i = 1, 3 do
  if (now[i] or '0') ~= ARGV[i] then
    return {'lost'}
  end
end

local time = redis.call('TIME')
if time[1] * 1000 + time[2] / 1000 >= tonumber(ARGV[7]) then
  return {'late'}
end

local first_to_remove = 9
local first_to_set = first_to_remove + tonumber(ARGV[8]) + 1
local after = first_to_set + 2 * tonumber(ARGV[first_to_set - 1])

for i = first_to_remove, first_to_set - 2 do
  redis.call('HDEL', KEYS[1], ARGV[i])
end
if now[1] ~= ARGV[4] then
  redis.call('HSET', KEYS[1], 'born', ARGV[6]) -- the epoch in which this life begins
end
-- One command for what is set: each costs a turn through the server. Lua unpacks no more than 8000.
local most = 4000
redis.call('HSET', KEYS[1], 'f', '1', 'life', ARGV[4], 'ver', ARGV[5], 'epoch', ARGV[6],
  unpack(ARGV, first_to_set, math.min(after, first_to_set + most) - 1))
for i = first_to_set + most, after - 1, most do
  redis.call('HSET', KEYS[1], unpack(ARGV, i, math.min(after, i + most) - 1))
end

if KEYS[2] then
  redis.call('SET', KEYS[2], ARGV[after], 'PX', ARGV[after + 1])
end
return {'changed'}
