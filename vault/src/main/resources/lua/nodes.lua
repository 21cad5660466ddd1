-- Notes how far a node has come with the epochs, and lets it seal unless another is further.
-- KEYS  lethe:nodes
-- ARGV  who reports, how long it counts without reporting again, in ms ("0" takes it out),
--       the newest epoch that it has, the active one, the lowest that it still seals under,
--       the oldest that it has
-- Gives {1 if it may seal, until when by this server's clock in ms,
--        newest, active and oldest epoch that any node reported,
--        lowest newest and lowest sealing of all that may seal now, lowest oldest of all}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local me = 'node:' .. ARGV[1]
local view = {}
for i = 3, 6 do
  view[i - 2] = tonumber(ARGV[i])
end

-- What a node gave up because it was told so says nothing of the keystore: it still calls that active.
local reached = {view[1], view[2], math.min(view[4], view[2])}
local names = {'newest', 'active', 'oldest'}
for i = 1, 3 do
  local before = tonumber(redis.call('HGET', KEYS[1], names[i]) or '0')
  if reached[i] > before then
    redis.call('HSET', KEYS[1], names[i], reached[i])
  else
    reached[i] = before
  end
end

local granted = 0
local ends = 0
if ARGV[2] == '0' then
  redis.call('HDEL', KEYS[1], me)
else
  local stays = now + tonumber(ARGV[2])
  local before = redis.call('HGET', KEYS[1], me)
  if before then
    ends = tonumber(string.match(before, '(%d+) %d+$')) -- what was granted stays so until its end
  end
  if view[1] >= reached[1] and view[2] >= reached[2] then
    granted = 1
    ends = stays
  end
  redis.call('HSET', KEYS[1], me,
    string.format('%d %d %d %.0f %.0f', view[1], view[3], view[4], ends, stays))
end

local lowest = {view[1], view[3], view[4]}
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local newest, sealing, oldest, seals, stays =
    string.match(all[i + 1], '^(%d+) (%d+) (%d+) (%d+) (%d+)$')
  if newest then
    if tonumber(stays) <= now then
      redis.call('HDEL', KEYS[1], all[i])
    else
      lowest[3] = math.min(lowest[3], tonumber(oldest))
      if tonumber(seals) > now then
        lowest[1] = math.min(lowest[1], tonumber(newest))
        lowest[2] = math.min(lowest[2], tonumber(sealing))
      end
    end
  end
end
return {granted, string.format('%.0f', ends), reached[1], reached[2], reached[3],
  lowest[1], lowest[2], lowest[3]}
