// Who gets in when the house is full, and who is let go to make room: first those idle, first from addresses
// that hold more than their share, and among equals who has kept the house waiting the longest.
#include <algorithm>
#include <boost/asio/post.hpp>
#include <tuple>
#include <utility>

#include "http/connection.h"

namespace keepsake::http {
namespace {

struct Candidate {
  bool uncrowded;
  Connection::Stage stage;
  SteadyClock::time_point since;
  Connection* connection;

  bool operator<(const Candidate& other) const {
    return std::tie(uncrowded, stage, since) < std::tie(other.uncrowded, other.stage, other.since);
  }
};

std::size_t of_each_loop(std::size_t number, const ServerSettings& settings) {
  return std::max<std::size_t>(1, number / static_cast<std::size_t>(std::max(1, settings.loops)));
}

}  // namespace

bool Loop::admits(const Address& peer) {
  const ServerSettings& settings = service.settings;
  const bool proxy = service.proxies.contains(peer);
  if (!proxy && crowd_.of(peer) >= of_each_loop(settings.most_of_address, settings)) return false;
  return service.connections < settings.most_connections || shed(is_crowded(peer));
}

// A twentieth of all places is more than one household takes; a proxy stands for many.
bool Loop::is_crowded(const Address& peer) const {
  const ServerSettings& settings = service.settings;
  const std::size_t most = std::max<std::size_t>(2, of_each_loop(settings.most_connections / 20, settings));
  return crowd_.of(peer) > most && !service.proxies.contains(peer);
}

// A hundredth at a time, since it looks at all. A newcomer from a crowded address displaces only its like;
// where there is no crowd, whose request or answer is under way stays.
bool Loop::shed(bool for_crowded) {
  std::vector<Candidate> candidates;
  for (Connection* each : connections_) {
    const auto stage = each->waits();
    if (!stage) continue;
    const bool uncrowded = !is_crowded(each->peer());
    if (uncrowded && (for_crowded || *stage == Connection::Stage::body_or_answer)) continue;
    candidates.push_back({uncrowded, *stage, each->waits_since(), each});
  }
  const auto count = std::min(candidates.size(), 1 + connections_.size() / 100);
  std::ranges::nth_element(candidates, candidates.begin() + static_cast<std::ptrdiff_t>(count), std::less());
  for (std::size_t i = 0; i < count; ++i) candidates[i].connection->abort();
  counters.shed.add(count);
  return count > 0;
}

void Loop::hold(std::size_t before, std::size_t now) {
  held_ += now;
  held_ -= before;
  const bool too_much = held_ > of_each_loop(service.settings.most_held_bytes, service.settings);
  if (now <= before || !too_much || std::exchange(relieving_, true)) return;
  asio::post(context, [this] { relieve(); });  // once it is seen whether what came in is a whole request
}

// Lets go of who holds memory until a quarter of it is free.
void Loop::relieve() {
  relieving_ = false;
  std::vector<Candidate> candidates;
  for (Connection* each : connections_) {
    const auto stage = each->waits();
    if (stage && each->held() > 0)
      candidates.push_back({!is_crowded(each->peer()), *stage, each->waits_since(), each});
  }
  std::ranges::sort(candidates, std::less());
  const std::size_t enough = of_each_loop(service.settings.most_held_bytes, service.settings) / 4 * 3;
  std::size_t left = held_;
  for (const Candidate& each : candidates) {
    if (left <= enough) return;
    left -= each.connection->held();
    each.connection->abort();
    counters.shed.add();
  }
}

}  // namespace keepsake::http
