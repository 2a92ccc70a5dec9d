#pragma once
// Fills an empty instance with the demo's people, circles, photos, stories and guest links, by the same
// services that serve real ones.
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "audience/circles.h"
#include "audience/guest_links.h"
#include "audience/viewers.h"
#include "base/clock.h"
#include "demo/tale.h"
#include "person/people.h"
#include "photo/photos.h"
#include "story/stories.h"

namespace keepsake::demo {

// Shows the time that was set: the stories were told over two years. Not to be set while others read it.
class TurnableClock final : public Clock {
 public:
  Time now() const override { return from_micros(micros_); }
  void set(Time time) { micros_ = to_micros(time); }

 private:
  std::atomic<std::int64_t> micros_ = to_micros(SystemClock().now());
};

// What the demo is made with; `clock` is the one that all the others were given.
struct Workshop {
  db::Database& database;
  TurnableClock& clock;
  People& people;
  Circles& circles;
  Viewers& viewers;
  Photos& photos;
  Stories& stories;
  GuestLinks& links;
};

struct MadePerson {
  CastMember member;
  std::string password;  // made anew each time
};
struct MadeLink {
  std::string_view tale, name;
  std::string secret;      // for the address
  std::string passphrase;  // empty if none
};
struct Made {
  std::vector<MadePerson> people;
  std::vector<MadeLink> links;
  int stories = 0, photos = 0;
};

struct MakingOptions {
  int width = 1350, height = 900;                                 // of the pictures
  std::function<void(int done, int all)> told = [](int, int) {};  // after each picture
};

// Whether nobody is here yet: the demo is made nowhere else.
bool is_empty(db::Database& database);
// Throws std::runtime_error with a sentence: somebody is here already, or something was refused; what was
// made until then stays.
Made make(const Workshop& workshop, const MakingOptions& options = {});

// Four words of the list that recovery phrases are made of: 44 random bits.
std::string random_password();

}  // namespace keepsake::demo
