// Looks at everything that is kept and says what is not whole: in sentences, or as JSON.
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/instance.h"
#include "cli/progress.h"
#include "photo/photo.h"
#include "upkeep/verification.h"

namespace keepsake::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t most_told = 10'000;  // of what is amiss; counts go on

// What a run came to.
struct Verified {
  VerifyResult result;
  std::vector<Found> found;
  double seconds = 0;
};

std::string_view word_for(Found::What what) {
  constexpr std::array<std::string_view, 3> words{"missing", "damaged", "orphan"};
  return words.at(static_cast<std::size_t>(what));
}

// "webp" of image/webp.
std::string_view encoding_of(const PhotoPart& part) {
  const std::string_view type = media_type(part.encoding);
  return type.substr(type.find('/') + 1);
}

json::object json_of(const Found& found) {
  json::object said{{"what", word_for(found.what)}, {"blob", found.blob.text()}};
  if (found.what == Found::What::orphan) {
    said["in"] = found.in_mirror ? "mirror" : "blobs";
    said["removed"] = found.mended;
    return said;
  }
  said["repaired"] = found.mended;
  if (!found.part) return said;
  said["photo"] = found.part->photo.text();
  said["owner"] = found.part->owner;
  said["file"] = found.part->edge == 0 ? "original" : "rendition";
  if (found.part->edge != 0) {
    said["edge"] = found.part->edge;
    said["encoding"] = encoding_of(*found.part);
  }
  return said;
}

json::value mirror_json(const VerifyResult& result) {
  if (result.mirror == MirrorState::none) return nullptr;
  return {{"state", name_of(result.mirror)},
          {"copied", result.counts.copied},
          {"mended", result.counts.mended},
          {"failed", result.counts.unmirrored}};
}

void print_json(const Verified& verified, std::ostream& out) {
  const VerifyCounts& counts = verified.result.counts;
  json::object said{
      {"sound", verified.result.sound()},      {"files", counts.files},     {"bytes", counts.bytes},
      {"seconds", verified.seconds},           {"missing", counts.missing}, {"damaged", counts.damaged},
      {"repaired", counts.repaired},           {"orphans", counts.orphans}, {"removed", counts.removed},
      {"mirror", mirror_json(verified.result)}};
  json::array found;
  for (const Found& one : verified.found) found.push_back(json_of(one));
  said["found"] = std::move(found);
  out << json::serialize(said) << '\n';
}

std::string said(const Found& found) {
  if (found.what == Found::What::orphan) {
    return std::string("  a file that belongs to no photo") + (found.in_mirror ? ", in the mirror" : "") +
           (found.mended ? ", removed" : "") + "  (blob " + found.blob.text() + ")";
  }
  std::string which = "a file that no photo names";
  if (const auto& part = found.part) {
    which = "photo " + part->photo.text() + " of " + part->owner + ", ";
    which += part->edge == 0
                 ? "the original"
                 : "rendition " + std::to_string(part->edge) + " " + std::string(encoding_of(*part));
  }
  return "  " + which + ": " + std::string(word_for(found.what)) +
         (found.mended ? ", repaired from the mirror" : "") + "  (blob " + found.blob.text() + ")";
}

std::string files(std::int64_t count) {
  return std::to_string(count) + (count == 1 ? " file" : " files");
}

void print_mirror(const VerifyResult& result, std::ostream& out) {
  const VerifyCounts& counts = result.counts;
  switch (result.mirror) {
    case MirrorState::none:
      return;
    case MirrorState::ready:
      out << "The mirror: " << files(counts.copied) << " copied, " << counts.mended << " mended";
      if (counts.unmirrored > 0) out << "; " << files(counts.unmirrored) << " could not be copied";
      out << ".\n";
      return;
    case MirrorState::absent:
      out << "The mirror is not there, or cannot be read or written. Nothing was copied or repaired.\n";
      return;
    case MirrorState::unmarked:
      out << "The mirror's directory does not hold its mark: most likely its disk is not mounted. Nothing "
             "was "
             "copied or repaired. If it is a new disk: keepsake verify --new-mirror\n";
      return;
    case MirrorState::foreign:
      out << "The mirror's directory holds other things, or belongs to another Keepsake. Nothing was copied "
             "or "
             "repaired; name an empty directory.\n";
  }
}

void print_sentences(const Verified& verified, std::ostream& out) {
  const VerifyCounts& counts = verified.result.counts;
  for (const Found& one : verified.found) out << said(one) << '\n';
  const std::int64_t told = static_cast<std::int64_t>(verified.found.size());
  if (const auto more = counts.missing + counts.damaged + counts.orphans - told; more > 0)
    out << "  and " << more << " more\n";
  out << "Read " << files(counts.files) << ", " << megabytes(counts.bytes) << ", in "
      << rounded(verified.seconds) << " s ("
      << megabytes(static_cast<std::int64_t>(static_cast<double>(counts.bytes) / verified.seconds))
      << "/s).\n";
  if (counts.missing + counts.damaged == 0)
    out << "All of them are there and whole.\n";
  else
    out << counts.missing << " missing, " << counts.damaged << " damaged; " << counts.repaired
        << " of these repaired from the mirror.\n";
  if (counts.orphans > counts.removed)
    out << files(counts.orphans - counts.removed)
        << " belong to no photo; keepsake verify --remove-orphans removes such files.\n";
  print_mirror(verified.result, out);
}

Verified look(const ToVerify& wanted, const Settings& settings, Console& console) {
  Instance instance(settings);
  if (wanted.new_mirror) instance.services().mirror.begin_anew();
  Verification& verification = instance.services().verification;
  Progress progress(console, verification.kept());
  Verified verified;
  const auto begun = std::chrono::steady_clock::now();
  verified.result = verification.run(
      {.remove_orphans = wanted.remove_orphans,
       .found =
           [&](const Found& found) {
             if (verified.found.size() < most_told) verified.found.push_back(found);
           },
       .progress = [&](const VerifyCounts& counts) { progress.tell(counts.files, counts.bytes); }});
  verified.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return verified;
}

}  // namespace

int verify(const ToVerify& wanted, const LoadedSettings& loaded, Console& console) try {
  const Settings& settings = loaded.settings;
  if (settings.database.empty() && !std::filesystem::exists(settings.data / "keepsake.db"))
    throw Misuse("There is no Keepsake in " + settings.data.string() + ".");
  if (wanted.new_mirror && settings.mirror.empty()) throw Misuse("--new-mirror needs the setting mirror.");
  const Verified verified = look(wanted, settings, console);
  if (wanted.json)
    print_json(verified, console.out);
  else
    print_sentences(verified, console.out);
  return verified.result.sound() ? 0 : 1;
} catch (const Misuse&) {
  throw;
} catch (const std::exception& fault) {
  throw Misuse(std::string("It could not be verified: ") + fault.what());
}

}  // namespace keepsake::cli
