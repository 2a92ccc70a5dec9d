#pragma once
// The languages whose words are in the binary. A catalogue is read when somebody is first answered in it.
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "html/words.h"

namespace keepsake::html {

// Thread-safe.
class Languages {
 public:
  // `standard`: for readers who ask for none that is here. Throws std::runtime_error if it is not here.
  explicit Languages(std::string_view standard);
  ~Languages();

  // Their BCP 47 tags, sorted.
  std::span<const std::string_view> tags() const { return tags_; }
  // What the language calls itself; "" for a tag that is none of tags().
  std::string_view called(std::string_view tag) const;
  // Null for a tag that is none of tags().
  const Words* find(std::string_view tag) const;

  const Words& standard() const { return *standard_; }
  const Words& english() const { return *english_; }

 private:
  struct Language;
  const Language* language(std::string_view tag) const;

  std::vector<std::string_view> tags_;
  std::vector<std::unique_ptr<const Language>> languages_;
  const Words* english_ = nullptr;
  const Words* standard_ = nullptr;
};

}  // namespace keepsake::html
