#include "upkeep/helplines.h"

#include <algorithm>

#include "base/text.h"
#include "helpline/country.h"
#include "helpline/line_text.h"
#include "upkeep/helpline_store.h"

namespace keepsake {
namespace {

using Act = HelplineChange::Act;

constexpr std::array<std::string_view, troubles> trouble_words = {"no-answer", "wrong-number", "other-hours",
                                                                  "other"};
constexpr std::array<std::string_view, 3> standing_words = {"ours", "corrected", "added"};
constexpr std::array<std::string_view, 4> act_words = {"kept", "hidden", "shown", "taken-back"};

// Grave oddities do not depend on how old a record may be.
constexpr std::chrono::months any_age{1200};

Refusal no_such_line() {
  return {Refused::not_found, "There is no such helpline."};
}

// What a later or earlier version wrote and this one cannot read counts as not written.
std::optional<Line> line_in(const Helplines::Own& own) {
  if (!own.record) return std::nullopt;
  auto line = parse_line(*own.record);
  return line.refused() ? std::nullopt : std::optional(*std::move(line));
}

// A sentence about a channel says what it dials.
std::string field_of(const Line& line, const Oddity& oddity) {
  for (std::size_t i = 0; i < line.channels.size(); ++i)
    if (oddity.sentence.find(line.channels[i].dial) != oddity.sentence.npos)
      return "channels." + std::to_string(i) + ".number";
  return {};
}

// "The Quiet Line" -> "the-quiet-line"; what is no ASCII letter or digit parts words.
std::string slug(std::string_view name) {
  constexpr std::size_t most = 40;
  std::string made;
  for (const char c : ascii_lower(name)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) made += c;
    if (!plain && !made.empty() && made.back() != '-') made += '-';
    if (made.size() == most) break;
  }
  while (made.ends_with('-')) made.pop_back();
  return made.empty() ? "line" : made;
}

}  // namespace

std::string_view word_of(Trouble trouble) {
  return trouble_words.at(static_cast<std::size_t>(trouble));
}

std::optional<Trouble> parse_trouble(std::string_view word) {
  const auto found = std::ranges::find(trouble_words, word);
  if (found == trouble_words.end()) return std::nullopt;
  return static_cast<Trouble>(found - trouble_words.begin());
}

std::string_view word_of(KnownLine::Standing standing) {
  return standing_words.at(static_cast<std::size_t>(standing));
}

std::string_view word_of(HelplineChange::Act act) {
  return act_words.at(static_cast<std::size_t>(act));
}

Helplines::Helplines(db::Database& database, Epoch& epoch, const Clock& clock,
                     std::function<std::vector<Line>()> ours)
    : database_(database),
      epoch_(epoch),
      clock_(clock),
      load_(std::move(ours)),
      from_address_(clock, {.burst = 10, .refill = std::chrono::minutes(10)}),
      once_a_day_(clock, {.burst = 1, .refill = std::chrono::hours(24)}) {}

std::chrono::sys_days Helplines::today() const {
  return std::chrono::floor<std::chrono::days>(clock_.now());
}

std::shared_ptr<const Directory> Helplines::ours() {
  std::call_once(loaded_, [this] { ours_ = std::make_shared<const Directory>(load_()); });
  return ours_;
}

std::shared_ptr<const Directory> Helplines::directory() {
  Kept kept;
  {
    const std::lock_guard lock(mutex_);
    if (epoch_.still(kept_.epoch)) return kept_.directory;
    kept = kept_;
  }
  kept.epoch = epoch_.current();  // before what it guards is read
  database_.read([&](db::Reader& reader) {
    const std::int64_t version = helpline_store::version(reader);
    if (version != kept.version) kept = {kept.epoch, version, with(helpline_store::owns(reader))};
  });
  const std::lock_guard lock(mutex_);
  kept_ = kept;
  return kept.directory;
}

std::shared_ptr<const Directory> Helplines::with(const Owns& owns) {
  if (owns.empty()) return ours();
  std::vector<Line> lines;
  for (KnownLine& each : known(owns, ""))
    if (!each.hidden) lines.push_back(std::move(each.line));
  return std::make_shared<const Directory>(std::move(lines));
}

// In the order in which readers are shown them; without reports and oddities.
std::vector<KnownLine> Helplines::known(const Owns& owns, std::string_view country) {
  const auto ours = this->ours();
  const auto wanted = [&](const Line& line) { return country.empty() || line.country == country; };
  std::vector<KnownLine> all;
  for (const Line& line : ours->lines()) {
    if (!wanted(line)) continue;
    const auto own = owns.find(line.id);
    auto corrected = own == owns.end() ? std::nullopt : line_in(own->second);
    const Standing standing = corrected ? Standing::corrected : Standing::ours;
    all.push_back({.line = corrected ? *std::move(corrected) : line,
                   .standing = standing,
                   .hidden = own != owns.end() && own->second.hidden});
  }
  for (const auto& [id, own] : owns) {
    if (ours->find_id(id)) continue;
    if (auto added = line_in(own); added && wanted(*added))
      all.push_back({.line = *std::move(added), .standing = Standing::added, .hidden = own.hidden});
  }
  return all;
}

std::vector<KnownLine> Helplines::all(std::string_view country, std::chrono::months limit) {
  const auto [owns, reports] = database_.read([&](db::Reader& reader) {
    return std::pair(helpline_store::owns(reader), helpline_store::counts(reader, today() - reports_shown));
  });
  std::vector<KnownLine> all = known(owns, country);
  std::vector<Line> lines;
  for (KnownLine& each : all) {
    if (const auto counted = reports.find(each.line.id); counted != reports.end())
      each.reports = counted->second;
    lines.push_back(each.line);
  }
  for (Oddity& oddity : oddities_of(lines, today(), limit)) {
    const auto of = std::ranges::find(all, oddity.id, [](const KnownLine& each) { return each.line.id; });
    of->oddities.push_back(std::move(oddity));
  }
  return all;
}

std::optional<KnownLine> Helplines::find(std::string_view id, std::chrono::months limit) {
  if (id.size() < 2) return std::nullopt;
  std::string country(id.substr(0, 2));
  std::ranges::transform(country, country.begin(), [](unsigned char c) { return std::toupper(c); });
  for (KnownLine& each : all(country, limit))
    if (each.line.id == id) return std::move(each);
  return std::nullopt;
}

std::vector<HelplineChange> Helplines::trail(std::string_view id) const {
  return database_.read([&](db::Reader& reader) { return helpline_store::trail(reader, id, most_trail); });
}

std::optional<Refusal> Helplines::fault_of(const Line& line) const {
  if (const auto read = parse_line(line_text(line)); read.refused()) return read.refusal();
  if (!is_country(line.country) && line.country != anywhere)
    return Refusal{Refused::invalid, "There is no such country.", "country"};
  const auto read_today = [&](const Source& source) {
    return source.address.starts_with("https://") && !source.quote.empty() &&
           first_day(source.read) == today();
  };
  if (!std::ranges::any_of(line.sources, read_today))
    return Refusal{
        Refused::invalid,
        "Say where you read this today: an address that begins with https://, and what stands there.",
        "sources"};
  for (const Oddity& oddity : oddities_of(line, today(), any_age))
    if (oddity.weight == Oddity::Weight::grave)
      return Refusal{Refused::invalid, oddity.sentence, field_of(line, oddity)};
  return std::nullopt;
}

std::string Helplines::fresh_id(const Line& line, const Owns& owns) {
  const std::string id = ascii_lower(line.country) + "-" + slug(line.name);
  std::string fresh = id;
  for (int i = 2; owns.contains(fresh) || ours()->find_id(fresh); ++i) fresh = id + "-" + std::to_string(i);
  return fresh;
}

Result<std::string> Helplines::keep(PersonId host, Line line) {
  const bool added = line.id.empty();
  if (added) line.id = fresh_id(line, {});
  if (const auto fault = fault_of(line)) return *fault;
  return database_.write([&](db::Tx& tx) -> Result<std::string> {
    const Owns owns = helpline_store::owns(tx);
    if (added) line.id = fresh_id(line, owns);
    const auto own = owns.find(line.id);
    if (own == owns.end() && owns.size() >= most_own)
      return Refusal{Refused::conflict, "There are too many helplines of hosts here."};
    const Line* const carried = ours()->find_id(line.id);
    const std::string record = line_text(line);
    std::string before = carried ? line_text(*carried) : std::string();
    if (own != owns.end() && own->second.record) before = *own->second.record;
    if (before == record) return line.id;
    helpline_store::put(tx, line.id, {record, own != owns.end() && own->second.hidden});
    helpline_store::append(tx, {clock_.now(), host, line.id, Act::kept, before, record});
    epoch_.raise(tx);
    return line.id;
  });
}

// `change(own, carried)` says what becomes of what the hosts did to the line, nothing if it stays.
template <class Change>
Result<Done> Helplines::change(PersonId host, std::string_view id, Act act, Change&& change) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const Owns owns = helpline_store::owns(tx);
    const auto found = owns.find(id);
    const Own before = found == owns.end() ? Own{} : found->second;
    const Line* const carried = ours()->find_id(id);
    if (!before.record && !carried) return no_such_line();
    const std::optional<Own> after = change(before, carried);
    if (!after) return Done{};
    if (found == owns.end() && owns.size() >= most_own)
      return Refusal{Refused::conflict, "There are too many helplines of hosts here."};
    const auto record_of = [&](const Own& own) {
      if (own.record) return *own.record;
      return carried ? line_text(*carried) : std::string();
    };
    helpline_store::put(tx, id, *after);
    helpline_store::append(tx,
                           {clock_.now(), host, std::string(id), act, record_of(before), record_of(*after)});
    epoch_.raise(tx);
    return Done{};
  });
}

Result<Done> Helplines::hide(PersonId host, std::string_view id) {
  return change(host, id, Act::hidden, [](Own own, const Line*) -> std::optional<Own> {
    if (std::exchange(own.hidden, true)) return std::nullopt;
    return own;
  });
}

Result<Done> Helplines::show(PersonId host, std::string_view id) {
  return change(host, id, Act::shown, [](Own own, const Line*) -> std::optional<Own> {
    if (!std::exchange(own.hidden, false)) return std::nullopt;
    return own;
  });
}

Result<Done> Helplines::take_back(PersonId host, std::string_view id) {
  return change(host, id, Act::taken_back, [](const Own& own, const Line* carried) -> std::optional<Own> {
    if (!own.record) return std::nullopt;
    return Own{std::nullopt, own.hidden && carried};
  });
}

Result<Done> Helplines::did_not_work(std::string_view id, Trouble trouble, std::string_view address) {
  if (!directory()->find_id(id)) return no_such_line();
  const std::string key = address_key(address);
  const std::string once = key + " " + std::string(id);
  if (once_a_day_.wait_for(once)) return Done{};
  if (const auto wait = from_address_.wait_for(key)) {
    once_a_day_.give_back(once);
    return too_many_tries(*wait);
  }
  database_.write([&](db::Tx& tx) { helpline_store::count(tx, id, today(), trouble, most_reports); });
  return Done{};
}

void Helplines::sweep() {
  database_.write([&](db::Tx& tx) {
    helpline_store::forget_before(tx, today() - reports_kept);
    helpline_store::cut_trail(tx, trail_kept);
  });
}

}  // namespace keepsake
