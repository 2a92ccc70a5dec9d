#include "http/server_metrics.h"

#include <algorithm>
#include <span>
#include <string_view>

namespace keepsake::http {
namespace {

using Loops = std::span<const LoopCounters* const>;

template <class Pick>
std::uint64_t total(Loops loops, Pick pick) {
  std::uint64_t sum = 0;
  for (const LoopCounters* loop : loops) sum += pick(*loop).value();
  return sum;
}

void append(std::string& text, std::string_view name, std::string_view labels, std::uint64_t value) {
  text += name;
  text += labels;
  text += ' ';
  text += std::to_string(value);
  text += '\n';
}

void append_type(std::string& text, std::string_view name, std::string_view type) {
  text += "# TYPE ";
  text += name;
  text += ' ';
  text += type;
  text += '\n';
}

void append_single(std::string& text, std::string_view name, std::string_view type, std::uint64_t value) {
  append_type(text, name, type);
  append(text, name, "", value);
}

std::string seconds(std::uint64_t micros) {
  std::string fraction = std::to_string(micros % 1'000'000);
  fraction.insert(0, 6 - fraction.size(), '0');
  return std::to_string(micros / 1'000'000) + "." + fraction;
}

void append_statuses(std::string& text, Loops loops) {
  append_type(text, "keepsake_http_requests_total", "counter");
  for (std::size_t i = 0; i < 5; ++i) {
    const std::string labels = "{status=\"" + std::to_string(i + 1) + "xx\"}";
    append(text, "keepsake_http_requests_total", labels,
           total(loops, [i](const LoopCounters& each) -> const Counter& { return each.statuses[i]; }));
  }
}

void append_latencies(std::string& text, Loops loops) {
  append_type(text, "keepsake_http_request_seconds", "histogram");
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i <= LoopCounters::bounds.size(); ++i) {
    sum += total(loops, [i](const LoopCounters& each) -> const Counter& { return each.latencies[i]; });
    const bool last = i == LoopCounters::bounds.size();
    const std::string bound = last ? "+Inf" : seconds(static_cast<std::uint64_t>(LoopCounters::bounds[i]));
    append(text, "keepsake_http_request_seconds_bucket", "{le=\"" + bound + "\"}", sum);
  }
  const auto micros =
      total(loops, [](const LoopCounters& each) -> const Counter& { return each.latency_micros; });
  text += "keepsake_http_request_seconds_sum " + seconds(micros) + "\n";
  append(text, "keepsake_http_request_seconds_count", "", sum);
}

}  // namespace

void LoopCounters::count_request(int status, std::chrono::microseconds took) {
  statuses[static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1)].add();
  const auto bucket = std::ranges::lower_bound(bounds, took.count());
  latencies[static_cast<std::size_t>(bucket - bounds.begin())].add();
  latency_micros.add(static_cast<std::uint64_t>(took.count()));
}

std::string metrics_text(const LoopCounters* const* first, std::size_t count, const PoolGauges& pool) {
  const Loops loops(first, count);
  const auto sum = [loops](Counter LoopCounters::* member) {
    return total(loops, [member](const LoopCounters& each) -> const Counter& { return each.*member; });
  };
  std::string text;
  const std::uint64_t opened = sum(&LoopCounters::opened);
  append_single(text, "keepsake_http_connections_total", "counter", opened);
  append_single(text, "keepsake_http_connections", "gauge",
                opened - std::min(opened, sum(&LoopCounters::closed)));
  append_single(text, "keepsake_http_connections_turned_away_total", "counter",
                sum(&LoopCounters::turned_away));
  append_single(text, "keepsake_http_connections_shed_total", "counter", sum(&LoopCounters::shed));
  append_statuses(text, loops);
  append_single(text, "keepsake_http_at_once_total", "counter", sum(&LoopCounters::at_once));
  append_single(text, "keepsake_http_queue_full_total", "counter", sum(&LoopCounters::queue_full));
  append_single(text, "keepsake_http_received_bytes_total", "counter", sum(&LoopCounters::received));
  append_single(text, "keepsake_http_sent_bytes_total", "counter", sum(&LoopCounters::sent));
  append_single(text, "keepsake_http_handlers_busy", "gauge", pool.busy);
  append_single(text, "keepsake_http_handlers_waiting", "gauge", pool.waiting);
  append_latencies(text, loops);
  return text;
}

}  // namespace keepsake::http
