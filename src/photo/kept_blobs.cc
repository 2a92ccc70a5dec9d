#include "photo/kept_blobs.h"

#include <exception>
#include <future>

#include "base/log.h"

namespace keepsake {
namespace {

constexpr std::size_t piece_size = 1 << 20;

}  // namespace

KeptBlobs::~KeptBlobs() {
  for (const PublicId& name : names_) remove(name);
}

void KeptBlobs::add(ByteView bytes) {
  writers_.push_back(store_.create());
  writers_.back()->write(bytes);
}

void KeptBlobs::add(const Descriptor& file) {
  writers_.push_back(store_.create());
  Bytes piece(piece_size);
  std::int64_t offset = 0;
  while (const std::size_t got = read_at(file, offset, piece)) {
    writers_.back()->write(ByteView(piece).first(got));
    offset += static_cast<std::int64_t>(got);
  }
}

// Side by side, since a file system writes its journal once for all that wait.
std::vector<blobs::BlobRef> KeptBlobs::keep() {
  std::vector<std::future<blobs::BlobRef>> pending;
  for (const auto& writer : writers_) {
    pending.push_back(std::async([&writer] { return writer->keep(); }));
  }
  std::vector<blobs::BlobRef> blobs;
  std::exception_ptr failure;
  for (auto& one : pending) try {
      blobs.push_back(one.get());
      names_.push_back(blobs.back().name);
    } catch (...) {
      failure = std::current_exception();
    }
  if (failure) std::rethrow_exception(failure);
  return blobs;
}

void KeptBlobs::remove(const PublicId& name) noexcept try {
  store_.remove(name);
} catch (const std::exception&) {
  log_warning("blob left without a photo", {{"blob", name.text()}});
}

std::vector<photo_store::NewRendition> with_blobs(const std::vector<image::Rendition>& made,
                                                  std::span<const blobs::BlobRef> blobs) {
  std::vector<photo_store::NewRendition> renditions;
  for (std::size_t i = 0; i < made.size(); ++i) {
    renditions.push_back({made[i].edge, made[i].encoding, {made[i].width, made[i].height}, blobs[i]});
  }
  return renditions;
}

}  // namespace keepsake
