#include "image/photo_workers.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

#include "image/warm_pictures.h"
#include "image/worker.h"
#include "image/worker_process.h"
#include "support/photo_files.h"

namespace keepsake::image {
namespace {

using namespace std::chrono_literals;
using support::MemoryFile;

constexpr auto damaged = "This photo could not be read. The file may be damaged.";

WorkerSettings settings(int workers = 1, std::chrono::seconds patience = 60s) {
  return {.workers = workers, .patience = patience, .program = KEEPSAKE_PHOTO_WORKER};
}

Result<Taken> take(PhotoWorkers& workers, std::string_view content) {
  return workers.take(MemoryFile(content).descriptor());
}

Result<Taken> take_small_photo(PhotoWorkers& workers) {
  const auto photo = warm_picture(Format::jpeg);
  return take(workers, as_text(photo));
}

std::string sentence(const Result<Taken>& result) {
  return result.refused() ? result.refusal().sentence : "";
}

// The processes that are workers of this test.
std::vector<pid_t> worker_processes() {
  std::vector<pid_t> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const auto command = support::content_of(entry.path() / "cmdline");
    const auto status = support::content_of(entry.path() / "status");
    if (command.starts_with(worker_name) &&
        status.find("PPid:\t" + std::to_string(::getpid()) + "\n") != std::string::npos)
      found.push_back(std::stoi(entry.path().filename()));
  }
  return found;
}

TEST(PhotoWorkers, RefusesWhatIsNoPhotoAndGoesOn) {
  const auto workers = start_photo_workers(settings());
  const auto refused = take(*workers, "a letter named photo.jpg");
  ASSERT_TRUE(refused.refused());
  EXPECT_EQ(refused.refusal().kind, Refused::unsupported);
  EXPECT_EQ(refused.refusal().sentence,
            "This file is not a photo that can be shown (JPEG, PNG, WebP, HEIC, AVIF, TIFF, GIF).");
  EXPECT_TRUE(take(*workers, "").refused());
  EXPECT_FALSE(take_small_photo(*workers).refused());
  EXPECT_EQ(workers->stats().taken, 1u);
  EXPECT_EQ(workers->stats().refused, 2u);
  EXPECT_EQ(workers->stats().restarted, 0u);
}

TEST(PhotoWorkers, ThrowForADescriptorThatIsNoFile) {
  const auto workers = start_photo_workers(settings());
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  EXPECT_THROW((void)workers->take(ends[0]), std::system_error);
  EXPECT_THROW((void)workers->take(-1), std::system_error);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(PhotoWorkers, LeaveTheCallersPlaceInTheFile) {
  const auto workers = start_photo_workers(settings());
  const auto photo = warm_picture(Format::png);
  const MemoryFile file(photo);
  ::lseek(file.descriptor(), 7, SEEK_SET);
  EXPECT_FALSE(workers->take(file.descriptor()).refused());
  EXPECT_EQ(::lseek(file.descriptor(), 0, SEEK_CUR), 7);
}

TEST(PhotoWorkers, CannotWriteThePhoto) {
  const auto workers = start_photo_workers(settings());
  EXPECT_FALSE(take(*workers, "PROBE write photo").refused());
}

TEST(PhotoWorkers, ACrashRefusesThatPhotoAndNoOther) {
  const auto workers = start_photo_workers(settings());
  for (const auto* how : {"PROBE crash", "PROBE abort", "PROBE leave"}) {
    EXPECT_EQ(sentence(take(*workers, how)), damaged) << how;
    EXPECT_FALSE(take_small_photo(*workers).refused()) << how;
  }
  EXPECT_EQ(workers->stats().restarted, 3u);
}

TEST(PhotoWorkers, PatienceEnds) {
  const auto workers = start_photo_workers(settings(1, 1s));
  EXPECT_EQ(sentence(take(*workers, "PROBE loop")), damaged);
  EXPECT_FALSE(take_small_photo(*workers).refused());
}

TEST(PhotoWorkers, BelieveNoAnswerThatAnHonestWorkerWouldNotGive) {
  const auto workers = start_photo_workers(settings());
  EXPECT_FALSE(take(*workers, "PROBE say the truth").refused());
  EXPECT_EQ(workers->stats().restarted, 0u);
  std::uint64_t restarted = 0;
  for (const auto* how : {"beyond the memory", "too many bytes", "too wide", "wrong size", "no such format",
                          "other magic", "no picture"}) {
    EXPECT_EQ(sentence(take(*workers, std::string("PROBE say ") + how)), damaged) << how;
    EXPECT_EQ(workers->stats().restarted, ++restarted) << how;
  }
  EXPECT_FALSE(take_small_photo(*workers).refused());
}

TEST(PhotoWorkers, AWorkerKilledBetweenPhotosIsNotNoticed) {
  const auto workers = start_photo_workers(settings());
  ASSERT_FALSE(take_small_photo(*workers).refused());
  for (const auto process : worker_processes()) ::kill(process, SIGKILL);
  EXPECT_FALSE(take_small_photo(*workers).refused());
}

TEST(PhotoWorkers, AWorkerKilledAtWorkIsTriedAgainOnAnother) {
  const auto workers = start_photo_workers(settings(1, 2s));
  ASSERT_FALSE(take_small_photo(*workers).refused());
  const auto first = worker_processes();
  std::thread killer([&] {
    std::this_thread::sleep_for(200ms);
    for (const auto process : first) ::kill(process, SIGKILL);
  });
  // Never ends by itself: killed the first time, out of patience with the second worker.
  EXPECT_EQ(sentence(take(*workers, "PROBE loop")), damaged);
  killer.join();
  EXPECT_EQ(workers->stats().restarted, 2u);
  EXPECT_FALSE(take_small_photo(*workers).refused());
}

TEST(PhotoWorkers, ServeManyThreads) {
  const auto workers = start_photo_workers(settings(2));
  std::atomic<int> taken = 0, refused = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 100; ++i)
    threads.emplace_back([&, i] {
      const auto result = i % 10 == 3 ? take(*workers, "PROBE crash") : take_small_photo(*workers);
      ++(result.refused() ? refused : taken);
    });
  threads.clear();
  EXPECT_EQ(taken, 90);
  EXPECT_EQ(refused, 10);
}

TEST(PhotoWorkers, AreGoneWithTheirPoolAndLeaveNoZombie) {
  auto workers = start_photo_workers(settings(2));
  ASSERT_FALSE(take_small_photo(*workers).refused());
  workers.reset();
  EXPECT_TRUE(worker_processes().empty());
}

TEST(PhotoWorkers, AreRenewedAfterManyPhotos) {
  const auto workers = start_photo_workers(settings());
  ASSERT_FALSE(take_small_photo(*workers).refused());
  const auto first = worker_processes();
  for (int i = 0; i < 201; ++i) ASSERT_TRUE(take(*workers, "not a photo").refused());
  EXPECT_NE(worker_processes(), first);
  EXPECT_EQ(workers->stats().restarted, 0u);
}

TEST(PhotoWorkers, SayWhenNoneCanBeStarted) {
  const auto workers = start_photo_workers({.program = "/bin/false"});
  const auto result = take_small_photo(*workers);
  ASSERT_TRUE(result.refused());
  EXPECT_EQ(result.refusal().kind, Refused::unavailable);
}

#ifndef KEEPSAKE_SANITIZED

class Forbidden : public testing::TestWithParam<const char*> {};

// The worker process itself is watched: it must die of SIGSYS, not merely fail.
TEST_P(Forbidden, EndsTheWorker) {
  WorkerProcess worker(KEEPSAKE_PHOTO_WORKER);
  ASSERT_TRUE(worker.greeting(30s));
  const MemoryFile photo(std::string("PROBE ") + GetParam());
  EXPECT_EQ(worker.ask(photo.descriptor(), {.most_pixels = 1000}, 30s).end, End::crashed);
  EXPECT_EQ(worker.fatal_signal(), SIGSYS);
}

INSTANTIATE_TEST_SUITE_P(Calls, Forbidden,
                         testing::Values("open", "create", "socket", "fork", "vfork", "execute", "trace",
                                         "kill", "run made code", "turn into code", "open in a thread"));

TEST(PhotoWorkers, MemoryHandedBackIsBounded) {
  WorkerProcess worker(KEEPSAKE_PHOTO_WORKER);
  ASSERT_TRUE(worker.greeting(30s));
  const MemoryFile photo("PROBE fill memory");
  EXPECT_EQ(worker.ask(photo.descriptor(), {.most_pixels = 1000}, 30s).end, End::crashed);
  EXPECT_EQ(worker.fatal_signal(), SIGXFSZ);
}

#endif

TEST(PhotoWorkers, StartWithNothingButTheirSocket) {
  WorkerProcess worker(KEEPSAKE_PHOTO_WORKER);
  ASSERT_TRUE(worker.greeting(30s));
  const auto processes = worker_processes();
  ASSERT_EQ(processes.size(), 1u);
  const auto folder = std::filesystem::path("/proc") / std::to_string(processes[0]);
  EXPECT_EQ(support::content_of(folder / "environ"), "");
  if (::geteuid() == 0) {  // the worker is not dumpable, so nobody else may look
    const auto files = std::filesystem::directory_iterator(folder / "fd");
    EXPECT_EQ(std::distance(begin(files), end(files)), 5);  // the test's own among them
  }
  const auto status = support::content_of(folder / "status");
  EXPECT_NE(status.find("NoNewPrivs:\t1"), std::string::npos);
#ifndef KEEPSAKE_SANITIZED
  EXPECT_NE(status.find("Seccomp:\t2"), std::string::npos);
#endif
}

}  // namespace
}  // namespace keepsake::image
