-- Notes where a hash-chained file ends, unless it is known to reach as far already.
-- KEYS  lethe:heads
-- ARGV  name of the chain, number of its last entry, hash of that
-- Gives 1 when it was noted
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known and tonumber(string.match(known, '^%d+')) >= tonumber(ARGV[2]) then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. ARGV[3])
return 1
