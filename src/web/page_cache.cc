#include "web/page_cache.h"

#include "base/hash.h"

namespace keepsake::web {

PageCache::Page PageCache::find(std::string_view key, Time now) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  const auto entry = found->second;
  if (!epoch_.still(entry->epoch) || entry->until <= now) return nullptr;
  order_.splice(order_.begin(), order_, entry);
  return entry->page;
}

void PageCache::put(std::string key, Page page, std::size_t bytes, std::optional<std::uint64_t> epoch,
                    Time until) {
  if (!epoch) return;
  const std::lock_guard lock(mutex_);
  if (const auto found = by_key_.find(key); found != by_key_.end()) drop(found->second);
  if (bytes > most_bytes_) return;
  order_.push_front({std::move(key), std::move(page), bytes, epoch, until});
  by_key_.emplace(order_.front().key, order_.begin());
  bytes_ += bytes;
  while (bytes_ > most_bytes_) drop(std::prev(order_.end()));
}

void PageCache::drop(Order::iterator entry) {
  bytes_ -= entry->bytes;
  by_key_.erase(entry->key);
  order_.erase(entry);
}

http::Response copy_of(const http::Response& page) {
  http::Response copy;
  copy.headers = page.headers;
  copy.body = std::get<http::SharedText>(page.body);
  return copy;
}

std::string etag_of(std::string_view body, http::Coding coding) {
  return "\"" + hex(sha256(body)).substr(0, 32) + "-" + std::string(http::coding_name(coding)) + "\"";
}

}  // namespace keepsake::web
