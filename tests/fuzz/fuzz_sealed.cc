// What leaves the house sealed and comes back, in a cookie or an address, and the phrase of the instance's
// key: only what was sealed opens, and what opens seals to the same again.
#include <algorithm>
#include <string>

#include "audience/gate_cookie.h"
#include "audience/list_cursor.h"
#include "base/base32.h"
#include "blobs/recovery_phrase.h"
#include "blobs/seal.h"
#include "fuzz/targets.h"

namespace keepsake::fuzz {
namespace {

const blobs::InstanceKey& key() {
  static const auto made = blobs::InstanceKey::from_bytes(Bytes(32, std::byte{7}));
  return made;
}

// The inside of a sealed text can be anything once: it was written by another version of this program.
void check_inside(ByteView input) {
  const GateCookie gate(key());
  const auto text = base32_encode(blobs::seal(key().derive("gate cookie"), "gate cookie", input));
  const auto passes = gate.open(text);
  must(passes.size() <= GateCookie::most, "at most 50 acceptances");
  const auto again = gate.open(gate.seal(passes));
  must(again.size() == passes.size(), "acceptances seal to the same");
  for (std::size_t at = 0; at < passes.size(); ++at)
    must(again[at].item == passes[at].item && again[at].gate_version == passes[at].gate_version &&
             again[at].accepted == passes[at].accepted,
         "each to the same");
  const CursorSeal cursors(key());
  const auto place =
      cursors.parse(base32_encode(blobs::seal(key().derive("list cursor"), "list cursor", input)));
  if (place) must(cursors.parse(cursors.text(*place)).has_value(), "a place seals to the same");
}

// A sealed text with `input` laid over it.
void check_outside(ByteView input) {
  static const std::string sealed = CursorSeal(key()).text({1'700'000'000'000'000, ItemId{77}});
  std::string text = sealed;
  text.resize(std::max(text.size(), input.size()));
  for (std::size_t at = 0; at < input.size(); ++at)
    text[at] = static_cast<char>(static_cast<std::byte>(text[at]) ^ input[at]);
  if (CursorSeal(key()).parse(text)) must(text == sealed, "nothing opens but what was sealed");
  must(!CursorSeal(key()).parse(as_text(input)) || as_text(input) == sealed, "nor anything from outside");
  must(GateCookie(key()).open(sealed).empty(), "nothing opens for another purpose");
}

void check_phrase(std::string_view words) {
  const auto secret = blobs::read_recovery_phrase(words);
  if (!secret) return;
  std::string again;
  for (const std::string& word : blobs::recovery_phrase(*secret)) again += word + " ";
  must(blobs::read_recovery_phrase(again) == secret, "a phrase gives the same key");
}

}  // namespace

void sealed(ByteView input) {
  check_inside(input.first(std::min<std::size_t>(input.size(), 4096)));
  check_outside(input);
  check_phrase(as_text(input));
}

}  // namespace keepsake::fuzz
