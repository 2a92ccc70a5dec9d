#pragma once
// A bounded memory of what was found lately. Two generations: when the young one has taken half of what may
// be kept, the old one is forgotten and the young becomes old; whatever is asked for again stays.
// Thread-safe.
#include <cstddef>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace keepsake {

template <class Key, class Value, class Hash>
class Recent {
 public:
  explicit Recent(std::size_t most_weight) : half_(most_weight / 2) {}

  std::optional<Value> find(const Key& key) const {
    const std::lock_guard lock(mutex_);
    if (const auto young = young_.find(key); young != young_.end()) return young->second.value;
    auto node = old_.extract(key);
    if (node.empty()) return std::nullopt;
    auto value = node.mapped().value;
    add(std::move(node.key()), std::move(node.mapped()));
    return value;
  }

  // In place of an earlier value. `weight` is at least 1.
  void put(const Key& key, Value value, std::size_t weight = 1) {
    const std::lock_guard lock(mutex_);
    old_.erase(key);
    if (const auto before = young_.find(key); before != young_.end()) {
      weight_ -= before->second.weight;
      young_.erase(before);
    }
    add(key, {std::move(value), weight});
  }

  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return young_.size() + old_.size();
  }

 private:
  struct Entry {
    Value value;
    std::size_t weight;
  };

  void add(Key key, Entry entry) const {
    if (weight_ + entry.weight > half_) {
      old_ = std::move(young_);
      young_.clear();
      weight_ = 0;
    }
    weight_ += entry.weight;
    young_.emplace(std::move(key), std::move(entry));
  }

  const std::size_t half_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<Key, Entry, Hash> young_, old_;
  mutable std::size_t weight_ = 0;  // of the young
};

}  // namespace keepsake
