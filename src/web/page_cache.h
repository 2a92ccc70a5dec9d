#pragma once
// Whole answers for readers without an account: the pages of public stories that have no gate, as bytes ready
// to send. Keyed by what is asked for, never by who asks; an entry is good only while the visibility epoch
// under which it was decided is current, so a page taken back is gone with the next request.
#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "audience/epoch.h"
#include "base/clock.h"
#include "http/encoding.h"
#include "http/message.h"

namespace keepsake::web {

class PageCache {
 public:
  // At most `most_bytes` of bodies are kept; the one asked for longest ago goes first. `epoch` outlives this.
  PageCache(const Epoch& epoch, std::size_t most_bytes) : epoch_(epoch), most_bytes_(most_bytes) {}

  using Page = std::shared_ptr<const http::Response>;
  // The answer kept under `key`, if it was decided under the current epoch and its deadline has not passed;
  // or null.
  Page find(std::string_view key, Time now);
  // `epoch` must have been read before the facts of the decision behind the page were; without one nothing is
  // kept.
  void put(std::string key, Page page, std::size_t bytes, std::optional<std::uint64_t> epoch, Time until);

 private:
  struct Entry {
    std::string key;
    Page page;
    std::size_t bytes;
    std::optional<std::uint64_t> epoch;
    Time until;
  };
  using Order = std::list<Entry>;  // the latest asked for first
  void drop(Order::iterator entry);

  const Epoch& epoch_;
  const std::size_t most_bytes_;
  std::mutex mutex_;
  Order order_;
  std::unordered_map<std::string_view, Order::iterator> by_key_;  // views into the entries
  std::size_t bytes_ = 0;
};

// What a handler answers with: the same bytes, shared.
http::Response copy_of(const http::Response& page);
// Of a body as it is sent.
std::string etag_of(std::string_view body, http::Coding coding);

}  // namespace keepsake::web
