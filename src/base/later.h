#pragma once
// A value that may come later, of a function that lets go of its thread while it waits: a coroutine (C++20,
// [dcl.fct.def.coroutine]) that begins once it is awaited.
#include <concepts>
#include <coroutine>
#include <exception>
#include <functional>
#include <future>
#include <optional>
#include <type_traits>
#include <utility>

namespace keepsake {

// Takes up what has waited, soon, on a thread where it may take its time. Must not throw.
using GoOn = std::function<void(std::coroutine_handle<>)>;

// What the thread at hand knows of the request it answers, for who stands too deep to be handed it. It is the
// coroutine's, not the thread's: what suspends one takes it off the thread, and gives it to the one that goes
// on.
struct Carried {
  static inline thread_local void* now = nullptr;
};

// What each coroutine of ours knows, and hands to those it awaits.
struct Going {
  const GoOn* go_on = nullptr;
};

template <class T>
class [[nodiscard]] Later {
 public:
  struct Promise;
  using promise_type = Promise;  // as the language wants it named
  using Coroutine = std::coroutine_handle<Promise>;

  // A value that has come.
  template <class U>
    requires std::convertible_to<U, T> && (!std::same_as<std::remove_cvref_t<U>, Later>)
  Later(U&& value) : value_(std::in_place, std::forward<U>(value)) {}
  Later(Later&& other) noexcept
      : value_(std::move(other.value_)), coroutine_(std::exchange(other.coroutine_, {})) {}
  Later& operator=(Later&&) = delete;
  ~Later() {
    if (coroutine_) coroutine_.destroy();
  }

  bool await_ready() const { return value_.has_value(); }
  template <std::derived_from<Going> Waiter>
  Coroutine await_suspend(std::coroutine_handle<Waiter> waiting) {
    coroutine_.promise().go_on = waiting.promise().go_on;
    coroutine_.promise().waiting = waiting;
    return coroutine_;
  }
  // Throws what the coroutine threw.
  T await_resume() {
    if (!coroutine_) return *std::move(value_);
    if (coroutine_.promise().fault) std::rethrow_exception(coroutine_.promise().fault);
    return *std::move(coroutine_.promise().value);
  }

 private:
  explicit Later(Coroutine coroutine) : coroutine_(coroutine) {}

  std::optional<T> value_;
  Coroutine coroutine_;
};

template <class T>
struct Later<T>::Promise : Going {
  struct BackToWhoWaits {
    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(Coroutine ended) const noexcept { return ended.promise().waiting; }
    void await_resume() const noexcept {}
  };

  Later get_return_object() { return Later(Coroutine::from_promise(*this)); }
  std::suspend_always initial_suspend() const noexcept { return {}; }
  BackToWhoWaits final_suspend() const noexcept { return {}; }
  template <class U>
  void return_value(U&& given) {
    value.emplace(std::forward<U>(given));
  }
  void unhandled_exception() noexcept { fault = std::current_exception(); }

  std::coroutine_handle<> waiting;
  std::optional<T> value;
  std::exception_ptr fault;
};

// A coroutine that nobody waits for: it begins at once and ends by itself. Its first argument is the GoOn by
// which it goes on, which outlives it. It must not let anything be thrown.
struct Detached {
  struct Promise : Going {
    template <class... More>
    explicit Promise(const GoOn& chosen, const More&...) {
      go_on = &chosen;
    }
    Detached get_return_object() const noexcept { return {}; }
    std::suspend_never initial_suspend() const noexcept { return {}; }
    std::suspend_never final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    void unhandled_exception() const noexcept { std::terminate(); }
  };
  using promise_type = Promise;
};

template <class T>
Detached bring(const GoOn&, Later<T>& later, std::promise<T>& to) {
  // The promise is its waiter's, who goes on as soon as it is kept.
  auto kept = std::move(to);
  try {
    kept.set_value(co_await later);
  } catch (...) {
    kept.set_exception(std::current_exception());
  }
}

// The value, for who has a thread to wait with. What waits goes on wherever its wait ends.
template <class T>
T wait_for(Later<T> later) {
  const struct Back {
    void* const carried = Carried::now;
    ~Back() { Carried::now = carried; }
  } back;
  const GoOn at_once = [](std::coroutine_handle<> waiting) {
    const Back elsewhere;
    waiting.resume();
  };
  std::promise<T> promise;
  auto value = promise.get_future();
  bring(at_once, later, promise);
  return value.get();
}

}  // namespace keepsake
