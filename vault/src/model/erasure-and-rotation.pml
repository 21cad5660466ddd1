/*
 * Erasure, rotation and replay of one person, over crashes of the vault, restored backups,
 * fail-overs to a replica, and requests that arrive twice and in any order.
 *
 * One person is enough: everything the protocols do is per person, and "somebody else" is this
 * person in a run in which nobody asks for an erasure. Each atomic block is one durable effect (a
 * Lua script, a forced line of the ledger, a replaced keystore) or one step in memory; a crash may
 * come between any two. Redis itself keeps what it has acknowledged (appendfsync always).
 *
 * Held, by the numbers of "What must never happen" in the architecture:
 *  1  what was acknowledged is there after a crash; after a restore or a fail-over, what is
 *     acknowledged from then on;
 *  2  a read that starts after an acknowledged erasure shows nothing of that life, and once the
 *     epoch is destroyed that the erasure names, no copy of Redis opens anything of it;
 *  4  a person who lives has a key that opens them; a withdrawal, once acknowledged, stays until
 *     somebody consents again.
 *
 * A withdrawal stands for every act that takes away: it also forgets what was written before it, so
 * that carrying it out once too often takes away what was acknowledged after it (1).
 *
 * Each -D below leaves out one thing that the protocols do; every one of them must make the check
 * fail, which shows that the check can: see the script beside this file.
 */

#ifndef REQUESTS
#define REQUESTS 3
#endif
#ifndef CRASHES
#define CRASHES 1
#endif
#ifndef RESTORES
#define RESTORES 1
#endif
#ifndef FAILOVERS
#define FAILOVERS 1
#endif
#ifndef ROTATIONS
#define ROTATIONS 1
#endif

#define EPOCHS 4
#define HANDLERS 2

/* What a Redis holds of the person; data has one bit for each write that it contains. */
typedef Person { byte life; bool dead; byte epoch; byte ver; byte seen; bool consent; byte data };

Person redis, backup, replica;
bool hasBackup;
byte server = 1;              /* which server this is; another one after a restore or fail-over */

/* keystore */
bool destroyed[EPOCHS];
byte current = 1;
mtype = { NONE, PREPARED, RESEALING, VERIFYING, SETTLING, DESTROYING };
mtype phase = NONE;
byte rotations;

/* ledger */
byte eraseLife, erasedLife, erasedEpoch, revoked;
byte entries;                 /* how many withdrawals were written */
byte actLife, act;            /* the last one that stands, by its number */
byte actBeforeLife, actBefore;/* and the one before, while the last one is under way */
#ifdef BY_VERSION
byte actVer;
#endif
byte destroyedEpoch;          /* highest that the ledger says is destroyed */

/* memory of the vault: lost by a crash */
bool up, serving;
byte boot = 1;
byte admitted;                /* the server that was replayed to; 0: none yet */
byte leases[EPOCHS];
bool turn;                    /* erasures of a person take turns */
mtype = { NOTHING, UNDERWAY, TAKEN, LAPSING };
mtype writing = NOTHING;      /* a withdrawal whose line is written and whose change is under way */
byte writingTo;               /* the server that it goes to */

/* the outside */
mtype = { JOIN, WITHDRAW, ERASE };
byte requests, crashes, restores, failovers;
byte now = 1;                 /* a token is of the time when it was issued */

/* what the vault has promised */
byte ackErased;
byte ackData;                 /* writes that have to be there, as long as their life lasts */
byte ackLife;
bool withdrawn;               /* acknowledged, and nobody has consented since */
bool unconsented;             /* carried out, and nobody has consented since */

#define lives(p) (p.life > 0 && !p.dead)
#ifdef REMOVED_EPOCH
#define REMOVED redis.epoch
#else
#define REMOVED current
#endif
#ifdef ANY_SERVER
#define same true
#else
#define same (asked == server)
#endif
#ifdef NO_IDENTITY
#define verified true
#else
#define verified (id == server)
#endif
#define here (up && boot == my)

inline forget(p) {
  p.life = 0; p.dead = false; p.epoch = 0; p.ver = 0; p.seen = 0; p.consent = false; p.data = 0
}

inline copy(to, from) {
  to.life = from.life; to.dead = from.dead; to.epoch = from.epoch; to.ver = from.ver; to.seen = from.seen;
  to.consent = from.consent; to.data = from.data
}

/* The script of an erasure; gives the highest epoch under which any copy can stand. */
inline eraseScript(life_, ep) {
  if
  :: lives(redis) && redis.life <= life_ ->
     ep = REMOVED; redis.life = life_; redis.dead = true; redis.epoch = 0; redis.ver++; redis.seen = 0;
     redis.consent = false; redis.data = 0
  :: else -> ep = current
  fi
}

#ifdef BY_VERSION
#define lacksLast(p) (p.life == actLife && actVer > p.ver)
#else
#define lacksLast(p) (p.life == actLife && act > p.seen)
#endif
#define lacksBefore(p) (p.life == actBeforeLife && actBefore > p.seen)
/* Left to who carries it out, or about to lapse. */
#define kept ((writing == UNDERWAY && writingTo == server) || writing == LAPSING)

/* Takes away what the ledger says was taken away. */
inline replay() {
  d_step {
    if
    :: lives(redis) && redis.life <= eraseLife ->
       redis.life = eraseLife; redis.dead = true; redis.epoch = 0; redis.ver++; redis.seen = 0;
       redis.consent = false; redis.data = 0
    :: else
    fi;
    if
    :: lives(redis) && !kept && lacksLast(redis) ->
#ifdef BY_VERSION
       redis.ver = actVer;
#else
       redis.ver++;
#endif
       redis.consent = false; redis.data = 0; redis.seen = act; redis.epoch = current;
       if :: writing == UNDERWAY -> writing = TAKEN; ackData = 0 :: else fi
    :: lives(redis) && kept && lacksBefore(redis) ->
       redis.consent = false; redis.data = 0; redis.seen = actBefore; redis.epoch = current; redis.ver++
    :: else
    fi
  }
}

/*
 * A request of any kind, with a token of now or of any time before: so requests come late, twice
 * and in any order.
 */
proctype Handler() {
  byte my, token, lease, ep, asked, mark;
  mtype k;
  Person seen;

idle:
  atomic { my = 0; token = 0; lease = 0; ep = 0; asked = 0; mark = 0; k = NONE; forget(seen) }
end:
  atomic {
    serving && requests < REQUESTS -> my = boot; mark = 1 << requests; requests++;
    if :: k = JOIN :: k = WITHDRAW :: k = ERASE fi;
    token = now;
    do :: token > 1 -> token-- :: break od
  }

look: /* reads, as the guard lets it; then decides */
  atomic {
    if
    :: !here || admitted != server -> goto idle
    :: here && admitted == server
    fi;
    if :: k == ERASE -> goto erase :: else fi;
#ifndef NO_GUARD
    replay();
#endif
    copy(seen, redis); asked = server;
#ifndef FROM_NOTHING
    if :: !lives(seen) -> seen.seen = act :: else fi; /* a life that begins has seen all that was */
#endif
    if
    :: token <= revoked -> goto idle
    :: token > revoked && k == WITHDRAW && !lives(seen) -> goto idle
    :: else
    fi;
    /* its epoch is leased, so that a rotation waits for it */
    lease = current; leases[lease]++
  }
  if
  :: k == JOIN
  :: k == WITHDRAW -> /* one at a time */
     atomic { if :: !here -> goto idle
                 :: here && (writing != NOTHING || lacksLast(seen)) -> leases[lease]--; goto look
                 :: here && writing == NOTHING && !lacksLast(seen) ->
                    writing = UNDERWAY; writingTo = asked;
                    actBeforeLife = actLife; actBefore = act;
                    entries++; actLife = seen.life; act = entries
#ifdef BY_VERSION
                    ; actVer = seen.ver + 1
#endif
                 fi }
  fi;
  atomic {
    if
    :: !here -> goto idle
    :: here && admitted != server -> /* its outcome is not known: it stands in the ledger */
       leases[lease]--; if :: k == WITHDRAW -> writing = NOTHING; ackData = 0 :: else fi; goto idle
    :: here && admitted == server && same && redis.life == seen.life && redis.ver == seen.ver && redis.epoch == seen.epoch ->
       asked = server;
       if
       :: k == WITHDRAW -> redis.consent = false; redis.data = 0; redis.seen = act; ackData = 0; unconsented = true
       :: k == JOIN && lives(seen) -> redis.consent = true; redis.data = seen.data | mark; redis.seen = seen.seen; withdrawn = false; unconsented = false
       :: k == JOIN && !lives(seen) ->
          redis.life = (seen.life > eraseLife -> seen.life : eraseLife) + 1; redis.dead = false;
          redis.consent = true; redis.data = mark; redis.seen = seen.seen; withdrawn = false; unconsented = false
       fi;
       redis.ver = seen.ver + 1; redis.epoch = lease; leases[lease]--
    :: else -> /* lost the race */
       leases[lease]--;
       if :: k == WITHDRAW -> skip :: else -> goto look fi;
#ifdef NO_LAPSE
       writing = NOTHING; goto look
#else
       if
#ifdef LAPSE_TAKEN
       :: true -> writing = LAPSING; goto lapse
#else
       :: writing == UNDERWAY -> writing = LAPSING; goto lapse
       :: writing == TAKEN -> writing = NOTHING; goto idle
#endif
       fi
#endif
    fi
  };
  /* the answer */
  atomic {
    if
    :: here ->
       if
       :: k == WITHDRAW -> writing = NOTHING;
          withdrawn = unconsented
       :: k == JOIN -> /* what the failed server alone had is not counted */
          if :: ackLife != redis.life -> ackLife = redis.life; ackData = 0 :: else fi;
          if :: asked == server && lives(redis) && (redis.data & mark) -> ackData = ackData | mark :: else fi
       fi
    :: else
    fi;
    goto idle
  }

lapse:
  atomic { if :: here -> act = actBefore; actLife = actBeforeLife; writing = NOTHING; goto look :: else -> goto idle fi };

erase:
  atomic { if :: here && !turn -> turn = true :: !here -> goto idle fi };
  atomic {
    if
    :: !here -> goto idle
    :: here && admitted != server -> turn = false; goto idle
    :: here && admitted == server -> copy(seen, redis);
       if
       :: lives(seen) && seen.life > eraseLife && token <= revoked -> turn = false; goto idle
       :: lives(seen) && seen.life > eraseLife && token > revoked -> skip
       :: else ->
          if :: eraseLife > erasedLife -> goto script
             :: else -> turn = false; goto idle fi
       fi
    fi
  }
#ifdef SCRIPT_FIRST
  atomic { if :: here -> eraseScript(seen.life, ep) :: !here -> goto idle fi };
  atomic { if :: here -> eraseLife = seen.life; revoked = now :: !here -> goto idle fi };
  goto second;
#endif
  atomic { if :: here -> eraseLife = seen.life; revoked = now :: !here -> goto idle fi };
script:
  atomic {
    if
    :: here && admitted == server ->
       eraseScript(eraseLife, ep)
    :: here && admitted != server -> turn = false; goto idle
    :: !here -> goto idle
    fi
  }
second:
  atomic { if :: here -> erasedLife = eraseLife; erasedEpoch = ep :: !here -> goto idle fi };
  atomic {
    if :: here -> ackErased = erasedLife; now = revoked + 1; turn = false; withdrawn = false; unconsented = false :: else fi;
    goto idle
  }
}

/* Admits servers, finishes what a crash interrupted, then serves. */
proctype Keeper() {
  byte my, ep;
end:
  do
  :: atomic { up && admitted != server ->
#ifndef NO_REPLAY
       replay();
#endif
       admitted = server }
  :: atomic { up && admitted == server && !serving -> my = boot };
     if
     :: atomic { here && eraseLife > erasedLife && admitted == server -> eraseScript(eraseLife, ep) };
        atomic { if :: here -> erasedLife = eraseLife; erasedEpoch = ep; serving = true :: else fi }
     :: atomic { here && eraseLife == erasedLife -> serving = true }
     :: atomic { here && admitted != server -> skip }
     :: !here
     fi;
     atomic { my = 0; ep = 0 }
  od
}

/* Rotates; begins again after a crash where the keystore says. */
proctype Rotator() {
  byte my, id;
  Person seen;

idle:
  atomic { my = 0; id = 0; forget(seen) }
end:
  atomic {
    serving && (phase != NONE || rotations < ROTATIONS) -> my = boot;
    if :: phase == NONE -> rotations++; phase = PREPARED :: else fi
  }
  atomic { if
    :: phase == DESTROYING && !destroyed[current - 1] ->
#ifdef NO_REVERIFY
       goto destroy
#else
       goto verify
#endif
    :: phase == DESTROYING && destroyed[current - 1] -> goto destroy
    :: else fi };
  /* activate; the record says which epoch it is: rotation n leads to epoch n + 1 */
  atomic { if :: here -> current = rotations + 1 :: else -> goto idle fi };
  atomic { if :: here -> phase = RESEALING :: else -> goto idle fi };
reseal:
  do
  :: atomic { !here -> goto idle }
  :: atomic { here && admitted == server -> replay(); copy(seen, redis); id = server;
       if :: !lives(seen) || seen.epoch == current -> break :: else fi }
     atomic { if
       :: !here -> goto idle
       :: here && admitted == server && redis.life == seen.life && redis.ver == seen.ver && redis.epoch == seen.epoch ->
          redis.epoch = current; redis.ver++
       :: else fi; forget(seen); id = 0 }
  od;
  atomic { forget(seen); id = 0 }
#ifndef NO_DRAIN
  atomic { if :: here && leases[current - 1] == 0 -> skip :: !here -> goto idle fi };
#endif
  atomic { if :: here -> phase = VERIFYING :: else -> goto idle fi };
verify: /* fresh passes until one finds nobody, with one server from its beginning to its end */
#ifndef NO_VERIFY
  do
  :: atomic { !here -> goto idle }
  :: atomic { here && admitted == server -> id = server };
     atomic { if
       :: !here -> goto idle
       :: here && admitted == server && !(lives(redis) && redis.epoch != current) -> skip
       :: here && admitted == server && lives(redis) && redis.epoch != current ->
          replay(); id = 0;
          if :: lives(redis) && redis.epoch != current -> redis.epoch = current; redis.ver++ :: else fi
       :: here && admitted != server -> id = 0
       fi };
     atomic { if :: !here -> goto idle :: here && id == server -> break :: here && id != server -> id = 0 fi }
  od;
#else
  atomic { if :: here -> id = server :: else -> goto idle fi };
#endif
#ifdef NO_RESETTLE
  if :: phase == DESTROYING -> goto destroy :: else fi;
#endif
  atomic { if :: here && phase == DESTROYING -> skip :: here && phase != DESTROYING -> phase = SETTLING :: else -> goto idle fi };
  /* durable: the grace lasts longer than a replica lags, so from here on it holds what was verified */
  atomic { if :: !here -> goto idle
              :: here && admitted == server && verified -> id = 0; if :: FAILOVERS > 0 -> copy(replica, redis) :: else fi
              :: else -> goto idle fi };
  atomic { if :: here -> phase = DESTROYING :: else -> goto idle fi };
destroy:
  atomic { if :: here -> destroyed[current - 1] = true :: else -> goto idle fi };
  atomic { if :: here -> destroyedEpoch = current - 1 :: else -> goto idle fi };
  atomic { if :: here -> phase = NONE :: else -> skip fi };
  goto idle
}

/* What can go wrong, and copies of Redis being made. */
proctype World() {
end:
  do
  :: atomic { !hasBackup && redis.life > 0 -> copy(backup, redis); hasBackup = true }
  :: atomic { FAILOVERS > failovers && (replica.ver != redis.ver || replica.life != redis.life) -> copy(replica, redis) }
  :: atomic { up && crashes < CRASHES -> crashes++; up = false; serving = false; boot++; admitted = 0; turn = false;
       if :: writing != NOTHING -> ackData = 0 :: else fi; /* it stands, whether it was carried out or not */
       writing = NOTHING; leases[1] = 0; leases[2] = 0; leases[3] = 0 }
  :: atomic { !up -> up = true }
  :: atomic { !up && hasBackup && restores < RESTORES && (!lives(backup) || !destroyed[backup.epoch]) ->
       restores++; copy(redis, backup); server++; ackData = 0 }
  :: atomic { failovers < FAILOVERS && (replica.ver != redis.ver || replica.life != redis.life) ->
       failovers++; copy(redis, replica); server++;
       ackData = (replica.life == ackLife -> ackData & replica.data : 0) }
  od
}

#define opens(p) (lives(p) && !destroyed[p.epoch])

#ifdef NO_GUARD
#define shown (lives(redis))
#else
#define shown (lives(redis) && redis.life > eraseLife)
#endif

/* Holds at every moment. */
active proctype Always() {
end:
  do
  :: atomic { ackErased > 0 && destroyedEpoch >= erasedEpoch && erasedLife == ackErased &&
       ((opens(redis) && redis.life <= ackErased) || (hasBackup && opens(backup) && backup.life <= ackErased)
        || (opens(replica) && replica.life <= ackErased)) -> assert(false) }                       /* 2 */
  :: atomic { serving && admitted == server && shown && redis.life <= ackErased -> assert(false) }   /* 2 */
  :: atomic { serving && admitted == server && lives(redis) && redis.life > eraseLife && destroyed[redis.epoch] ->
       assert(false) }                                                                              /* 4 */
  :: atomic { serving && admitted == server && lives(redis) && redis.life > eraseLife && withdrawn && redis.consent &&
       !(!kept && lacksLast(redis)) && !(kept && lacksBefore(redis)) -> assert(false) }             /* 4 */
  :: atomic { serving && admitted == server && ackData != 0 && eraseLife < ackLife &&
       !(lives(redis) && redis.life == ackLife && (redis.data & ackData) == ackData) -> assert(false) } /* 1 */
  od
}

init {
  atomic { up = true; run Handler(); run Handler(); run Keeper(); run Rotator(); run World() }
}
