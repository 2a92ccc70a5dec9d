// look_up FIXTURE ROUNDS: microseconds of one look-up among 10,000 invented records, and of the same answer
// by a linear scan over all of them, as one JSON line: {"ours": 1.2, "scan": 345.6}. FIXTURE: "spread" over
// 250 countries, "crowded" in one, or "hours" for whether one line is open. Ends with 1 where both find not
// the same.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "helpline/directory.h"
#include "helpline/hours_text.h"

namespace keepsake {
namespace {

constexpr int all_lines = 10'000, all_countries = 250;

// The same ones in every run (Knuth's MMIX).
class Chance {
 public:
  unsigned below(unsigned bound) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<unsigned>(state_ >> 33) % bound;
  }

 private:
  std::uint64_t state_ = 24;
};

std::string country_code(int number) {
  return {static_cast<char>('A' + number / 26), static_cast<char>('A' + number % 26)};
}

Line invented(int number, int countries, Chance& chance) {
  Line line;
  line.country = country_code(number % countries);
  line.id = "aa-line-" + std::to_string(number);
  line.name = "The quiet line number " + std::to_string(number);
  for (unsigned topics = 1 + chance.below(3); topics > 0; --topics)
    line.topics.add(static_cast<Topic>(chance.below(topic_words.size())));
  line.general = chance.below(10) == 0;
  line.emergency = number / countries == 0;
  line.channels = {{.means = Means::call, .number = "0800 000 000", .dial = "0800000000"}};
  line.hours = *parse_hours("mo-fr 09:00-17:00; sa 10:00-14:00", "Pacific/Auckland");
  line.sources = {{.address = "https://quiet.example/", .says = "", .read = "2026-11-24", .quote = ""}};
  return line;
}

std::vector<Line> invented_lines(int countries) {
  Chance chance;
  std::vector<Line> lines;
  for (int number = 0; number < all_lines; ++number) lines.push_back(invented(number, countries, chance));
  return lines;
}

// What has no index does: every record of the file is looked at.
std::size_t scan(const std::vector<Line>& lines, const std::string& country, Topics topics) {
  FoundLines found;
  for (const Line& line : lines) {
    if (line.country != country) continue;
    if (line.topics.shares(topics))
      found.for_topics.push_back(&line);
    else if (line.general)
      found.general.push_back(&line);
    else if (line.emergency || line.topics.has(Topic::suicide))
      found.crisis.push_back(&line);
  }
  return found.for_topics.size() + found.general.size() + found.crisis.size();
}

// Microseconds of one of `rounds` calls.
template <class Act>
double microseconds(int rounds, Act&& act) {
  const auto begun = std::chrono::steady_clock::now();
  std::size_t sum = 0;
  for (int round = 0; round < rounds; ++round) sum += act(round);
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begun;
  if (sum == 0) std::exit(1);  // nothing was found: what was measured is not what was meant
  return took.count() / rounds;
}

Topics topics_of(int round) {
  return Topics(static_cast<Topic>(round % 10)) | static_cast<Topic>(round / 10 % 10);
}

void look_up(int countries, int rounds) {
  const std::vector<Line> lines = invented_lines(countries);
  const Directory directory(lines);
  std::vector<std::string> codes;
  for (int number = 0; number < countries; ++number) codes.push_back(country_code(number));
  const auto code = [&](int round) -> const std::string& { return codes.at(round * 97 % countries); };
  const auto find = [&](int round) {
    const FoundLines found = directory.find(code(round), topics_of(round));
    return found.for_topics.size() + found.general.size() + found.crisis.size();
  };
  const auto scan_all = [&](int round) { return scan(lines, code(round), topics_of(round)); };
  for (int round = 0; round < 1'000; ++round)
    if (find(round) != scan_all(round)) std::exit(1);
  const double ours = microseconds(rounds, find);
  std::printf("{\"ours\": %.4f, \"scan\": %.4f}\n", ours, microseconds(rounds / 10 + 1, scan_all));
}

// A week, minute by minute.
void hours(int rounds) {
  const Line line = invented_lines(1).front();
  const Time begin = std::chrono::sys_days(std::chrono::year(2026) / 9 / 24);
  const double ours = microseconds(rounds, [&](int round) {
    return std::size_t(opening_at(*line.hours, begin + std::chrono::minutes(round % (7 * 24 * 60)))->open) +
           1;
  });
  std::printf("{\"ours\": %.4f}\n", ours);
}

}  // namespace
}  // namespace keepsake

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::string fixture = argv[1];
  const int rounds = std::atoi(argv[2]);
  if (rounds < 1) return 2;
  if (fixture == "spread") keepsake::look_up(keepsake::all_countries, rounds);
  if (fixture == "crowded") keepsake::look_up(1, rounds);
  if (fixture == "hours") keepsake::hours(rounds);
}
