#pragma once
// The helplines of this place: those that the program carries, with what its hosts added, corrected and hid;
// and what readers say did not work.
#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audience/epoch.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "db/database.h"
#include "helpline/directory.h"
#include "helpline/oddities.h"
#include "person/rate_limit.h"

namespace keepsake {

// What a reader met.
enum class Trouble : std::uint8_t { no_answer, wrong_number, other_hours, other };
inline constexpr std::size_t troubles = 4;
std::string_view word_of(Trouble trouble);  // "no-answer", "wrong-number", "other-hours", "other"
std::optional<Trouble> parse_trouble(std::string_view word);
using TroubleCounts = std::array<std::int64_t, troubles>;  // in the order of Trouble

// A line as a host sees it.
struct KnownLine {
  enum class Standing : std::uint8_t { ours, corrected, added };  // "ours": as the program carries it
  Line line;                                                      // the host's record, else the program's
  Standing standing = Standing::ours;
  bool hidden = false;                // no reader is shown it
  TroubleCounts reports{};            // of the last days
  std::vector<Oddity> oddities = {};  // also those that it has with others of its country
};
std::string_view word_of(KnownLine::Standing standing);  // "ours", "corrected", "added"

// One step of the trail.
struct HelplineChange {
  enum class Act : std::uint8_t { kept, hidden, shown, taken_back };
  Time at;
  std::optional<PersonId> host;  // none: that person has gone since
  std::string line;
  Act act = Act::kept;
  // The record as it stood, shown or not (line_text); "" where there was none.
  std::string before, after;
};
std::string_view word_of(HelplineChange::Act act);  // "kept", "hidden", "shown", "taken-back"

// Thread-safe. The program's lines are read at the first question.
class Helplines {
 public:
  static constexpr std::chrono::days reports_shown{30}, reports_kept{90};
  static constexpr std::int64_t most_reports = 1'000;  // that are counted of a line, a day and a trouble
  static constexpr int most_own = 2'000;               // records and hidden lines of hosts
  static constexpr int most_trail = 200;               // steps in one answer
  static constexpr int trail_kept = 2'000;             // steps in all

  // All outlive this. `ours` is asked once for the lines that the program carries.
  Helplines(db::Database& database, Epoch& epoch, const Clock& clock,
            std::function<std::vector<Line>()> ours = embedded_lines);

  // What readers are shown. A host's record stands in the place of the program's, also of a newer one, until
  // it is taken back; added ones follow in their country. Asks the database only after something has changed.
  std::shared_ptr<const Directory> directory();

  // For hosts. `limit`: after which age a line is said to need a look. All countries: "".
  std::vector<KnownLine> all(std::string_view country, std::chrono::months limit);
  std::optional<KnownLine> find(std::string_view id, std::chrono::months limit);
  // The newest first, no more than `most_trail`. "": of all lines.
  std::vector<HelplineChange> trail(std::string_view id) const;

  // Adds the line, or corrects that of the same id; without an id it is given one. Returns the id. What is
  // hidden stays so. Refused: invalid where the record would be (line_text.h), has no source that was read
  // today over https with its words, or is gravely odd; conflict past `most_own`.
  Result<std::string> keep(PersonId host, Line line);
  // No readers are shown it from now on; or they are again. Refused: not_found.
  Result<Done> hide(PersonId host, std::string_view id);
  Result<Done> show(PersonId host, std::string_view id);
  // The program's record stands again; a line that a host added is gone. Refused: not_found.
  Result<Done> take_back(PersonId host, std::string_view id);

  // For readers: counted for the day, the line and the trouble alone, once a day from an address, which only
  // memory holds. Refused: not_found for a line that no reader is shown; too_many.
  Result<Done> did_not_work(std::string_view id, Trouble trouble, std::string_view address);

  // Forgets old reports, and the oldest steps past `trail_kept`.
  void sweep();

  // What the hosts did to a line; one without either is not kept.
  struct Own {
    std::optional<std::string> record;
    bool hidden = false;
  };
  using Owns = std::map<std::string, Own, std::less<>>;

 private:
  using Standing = KnownLine::Standing;
  struct Kept {
    std::optional<std::uint64_t> epoch;
    std::int64_t version = -1;  // of the hosts' changes
    std::shared_ptr<const Directory> directory;
  };

  std::shared_ptr<const Directory> ours();
  std::shared_ptr<const Directory> with(const Owns& owns);
  std::vector<KnownLine> known(const Owns& owns, std::string_view country);
  std::string fresh_id(const Line& line, const Owns& owns);
  std::optional<Refusal> fault_of(const Line& line) const;
  std::chrono::sys_days today() const;
  template <class Change>
  Result<Done> change(PersonId host, std::string_view id, HelplineChange::Act act, Change&& change);

  db::Database& database_;
  Epoch& epoch_;
  const Clock& clock_;
  const std::function<std::vector<Line>()> load_;
  std::once_flag loaded_;
  std::shared_ptr<const Directory> ours_;
  RateLimit from_address_, once_a_day_;
  std::mutex mutex_;
  Kept kept_;
};

}  // namespace keepsake
