#include <istream>
#include <iterator>
#include <ostream>

#include "blobs/instance_key.h"
#include "cli/commands.h"

namespace keepsake::cli {

int restore_key(const LoadedSettings& loaded, Console& console) {
  if (console.typed) console.err << "Type the 24 words of the recovery phrase, then Ctrl-D:\n";
  const std::string words{std::istreambuf_iterator<char>(console.in), std::istreambuf_iterator<char>()};
  const auto key = blobs::InstanceKey::from_phrase(words);
  if (!key)
    throw Failure("These are not the 24 words of a recovery phrase. Please look at the paper once more.");
  key->restore_to(loaded.settings.data / "keys");
  console.out << "The key is back in its place.\n";
  return 0;
}

}  // namespace keepsake::cli
