// What the bridge's files share: the boxed value that crosses to C#, and the wall that no C++ exception passes.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <string>

#define BRIDGE extern "C" __attribute__((visibility("default")))

namespace bridge {

// Mirrored by `NativeValue` and `ValueKind` in C#.
enum class Kind : int32_t { Default, None, Bool, Int, Double, Complex, Tensor, String, Device, Generator, Bools, Ints, Doubles, Tensors };

struct Value {
    Kind kind;
    int32_t count;  // elements of a list, bytes of a string; for a tensor result the KiB of memory that it alone owns
    union {
        int64_t integer;
        double real;
        const void* pointer;
    };
};

// A tensor handle is an owned `TensorImpl*`. Borrowing takes a reference of our own for the length of a call.
inline at::Tensor borrow(const void* handle) {
    auto* implementation = static_cast<c10::TensorImpl*>(const_cast<void*>(handle));
    return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(implementation));
}

// Passes ownership to C#; an undefined tensor is a null handle.
inline void* release(at::Tensor tensor) { return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr; }

inline c10::Device device_of(int64_t packed) {
    return {static_cast<c10::DeviceType>(packed >> 8), static_cast<c10::DeviceIndex>(static_cast<int8_t>(packed & 0xff))};
}

void remember_error(std::string message) noexcept;

// Runs `body`; -1 and a remembered message if it throws.
template <class Body>
int64_t guarded(Body&& body) noexcept {
    try {
        return body();
    } catch (const c10::Error& error) {
        remember_error(error.what_without_backtrace());
    } catch (const std::exception& error) {
        remember_error(error.what());
    } catch (...) {
        remember_error("an unknown C++ exception");
    }
    return -1;
}

}  // namespace bridge
