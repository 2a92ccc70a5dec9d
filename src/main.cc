#include "cli/run.h"
#include "image/photo_workers.h"

int main(int argc, char** argv) {
  // Before anything else is read or opened: a worker that decodes photos is this binary too.
  if (const auto status = keepsake::image::run_if_photo_worker(argc, argv)) return *status;
  return keepsake::cli::run(argc, argv);
}
