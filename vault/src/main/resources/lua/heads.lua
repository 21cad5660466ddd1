-- Notes where a hash-chained file ends, unless it is known to reach as far already.
-- KEYS  lethe:heads
-- ARGV  name of the chain, number of its last entry, hash of that
-- Gives the number of the last entry that is known now
local known = redis.call('HGET', KEYS[1], ARGV[1])
local last = known and tonumber(string.match(known, '^%d+')) or 0
if last >= tonumber(ARGV[2]) then
  return last
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. ARGV[3])
return tonumber(ARGV[2])
