#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace keepsake::http {

// Takes a chunked body apart (RFC 9112 7.1) however it is cut, keeping nothing. Extensions and trailers are
// dropped and bounded; a bare line feed, white space around a size or a size past 60 bits is malformed.
class ChunkDecoder {
 public:
  struct Step {
    std::size_t used = 0;   // bytes of the text that are done with
    std::string_view data;  // content among them, the last of them; may be empty
  };

  // Goes on until some content, the end of the body or the end of `text`. None if it is malformed. After the
  // end nothing is used any more: the rest is the next request.
  std::optional<Step> decode(std::string_view text);
  bool done() const { return state_ == State::done; }

 private:
  enum class State {
    size,
    extension,
    size_end,
    data,
    data_cr,
    data_lf,
    line_start,
    trailer,
    trailer_end,
    last,
    done
  };

  bool take(char c);
  bool take_size(char c);
  bool take_trailer(char c);
  bool go(bool fits, State next);

  State state_ = State::size;
  std::uint64_t left_ = 0;  // of the chunk
  unsigned digits_ = 0;
  std::size_t overhead_ = 0;  // bytes of an extension or of all trailers
};

}  // namespace keepsake::http
