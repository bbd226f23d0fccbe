// What is no operator: a tensor's metadata and memory, autograd's entry points, modes, generators, threads, devices.
#include "torch_bridge.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <c10/util/Logging.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/api/include/torch/version.h>

#include <cstring>
#include <mutex>
#include <vector>

using namespace bridge;

namespace {

constexpr int64_t abi_version = 1;

const c10::TensorImpl& view(const void* handle) { return *static_cast<const c10::TensorImpl*>(handle); }

std::vector<at::Tensor> borrow_all(const void* const* handles, int32_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int32_t i = 0; i < count; i++) tensors.push_back(handles[i] ? borrow(handles[i]) : at::Tensor());
    return tensors;
}

at::Generator& generator_of(void* handle) { return *static_cast<at::Generator*>(handle); }

}  // namespace

// ---- The library ----

BRIDGE int64_t bridge_abi_version() { return abi_version; }

BRIDGE const char* bridge_torch_version() { return TORCH_VERSION; }

BRIDGE void bridge_initialise() {
    // A backtrace costs a millisecond an error and says nothing to a C# reader.
    guarded([]() -> int64_t {
        c10::SetStackTraceFetcher([]() -> std::string { return {}; });
        return 0;
    });
}

BRIDGE int64_t bridge_get_threads() { return at::get_num_threads(); }
BRIDGE int64_t bridge_set_threads(int64_t count) { return guarded([&]() -> int64_t { at::set_num_threads(static_cast<int>(count)); return 0; }); }
BRIDGE int64_t bridge_get_interop_threads() { return at::get_num_interop_threads(); }
BRIDGE int64_t bridge_set_interop_threads(int64_t count) { return guarded([&]() -> int64_t { at::set_num_interop_threads(static_cast<int>(count)); return 0; }); }

BRIDGE int64_t bridge_has_mkl() { return at::hasMKL(); }

BRIDGE int64_t bridge_cuda_devices() {
    return guarded([]() -> int64_t { return at::hasCUDA() ? c10::impl::VirtualGuardImpl(c10::DeviceType::CUDA).deviceCount() : 0; });
}

BRIDGE int64_t bridge_cuda_synchronize(int64_t index) {
    return guarded([&]() -> int64_t {
        TORCH_CHECK(at::hasCUDA(), "Torch not compiled with CUDA enabled");
        const c10::impl::VirtualGuardImpl cuda(c10::DeviceType::CUDA);
        const c10::Device device(c10::DeviceType::CUDA, static_cast<c10::DeviceIndex>(index));
        cuda.getStream(index < 0 ? cuda.getDevice() : device).synchronize();
        return 0;
    });
}

// ---- Metadata and memory: cheap, and nothing here throws on a dense tensor ----

BRIDGE void bridge_release(void* tensor) {
    c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(static_cast<c10::TensorImpl*>(tensor));
}

// One more owner of the same tensor.
BRIDGE void* bridge_alias(const void* tensor) { return release(borrow(tensor)); }

BRIDGE int64_t bridge_dim(const void* tensor) { return view(tensor).dim(); }
BRIDGE int64_t bridge_numel(const void* tensor) { return view(tensor).numel(); }
BRIDGE int64_t bridge_dtype(const void* tensor) { return static_cast<int64_t>(c10::typeMetaToScalarType(view(tensor).dtype())); }
BRIDGE int64_t bridge_element_size(const void* tensor) { return static_cast<int64_t>(view(tensor).itemsize()); }
BRIDGE int64_t bridge_is_contiguous(const void* tensor) { return view(tensor).is_contiguous(); }
BRIDGE int64_t bridge_is_sparse(const void* tensor) { return view(tensor).is_sparse(); }
BRIDGE int64_t bridge_requires_grad(const void* tensor) { return view(tensor).requires_grad(); }

BRIDGE int64_t bridge_device(const void* tensor) {
    const auto device = view(tensor).device();
    return (static_cast<int64_t>(device.type()) << 8) | (device.index() & 0xff);
}

BRIDGE void bridge_sizes(const void* tensor, int64_t* sizes) {
    const auto values = view(tensor).sizes();
    std::memcpy(sizes, values.data(), values.size() * sizeof(int64_t));
}

BRIDGE int64_t bridge_strides(const void* tensor, int64_t* strides) {
    return guarded([&]() -> int64_t {
        const auto values = view(tensor).strides();
        std::memcpy(strides, values.data(), values.size() * sizeof(int64_t));
        return 0;
    });
}

BRIDGE int64_t bridge_storage_offset(const void* tensor) {
    return guarded([&]() -> int64_t { return view(tensor).storage_offset(); });
}

// The first element's address, or null (with a remembered message) where there is no memory to point at.
BRIDGE void* bridge_data(const void* tensor) {
    void* data = nullptr;
    guarded([&]() -> int64_t { data = borrow(tensor).data_ptr(); return 0; });
    return data;
}

// ---- Autograd ----

BRIDGE int64_t bridge_set_requires_grad(void* tensor, int64_t value) {
    return guarded([&]() -> int64_t { borrow(tensor).set_requires_grad(value != 0); return 0; });
}

BRIDGE int64_t bridge_is_leaf(const void* tensor) {
    return guarded([&]() -> int64_t { return borrow(tensor).is_leaf(); });
}

BRIDGE int64_t bridge_retain_grad(void* tensor) {
    return guarded([&]() -> int64_t { borrow(tensor).retain_grad(); return 0; });
}

BRIDGE void* bridge_grad(const void* tensor) {
    void* gradient = nullptr;
    guarded([&]() -> int64_t { gradient = release(at::Tensor(borrow(tensor).grad())); return 0; });
    return gradient;
}

BRIDGE int64_t bridge_set_grad(void* tensor, const void* gradient) {
    return guarded([&]() -> int64_t {
        auto target = borrow(tensor);
        auto value = gradient ? borrow(gradient) : at::Tensor();
        TORCH_CHECK(!value.defined() || value.sizes() == target.sizes(), "a gradient must have its tensor's shape");
        target.mutable_grad() = std::move(value);
        return 0;
    });
}

BRIDGE int64_t bridge_backward(const void* const* tensors, int32_t count, const void* const* gradients, int32_t gradient_count,
                               int32_t retain_graph, int32_t create_graph, const void* const* inputs, int32_t input_count) {
    return guarded([&]() -> int64_t {
        torch::autograd::backward(borrow_all(tensors, count), borrow_all(gradients, gradient_count), retain_graph != 0, create_graph != 0,
                                  borrow_all(inputs, input_count));
        return 0;
    });
}

// Writes one owned gradient, or null, for every input.
BRIDGE int64_t bridge_gradients(const void* const* outputs, int32_t count, const void* const* inputs, int32_t input_count,
                                const void* const* gradients, int32_t gradient_count, int32_t retain_graph, int32_t create_graph,
                                int32_t allow_unused, void** results) {
    return guarded([&]() -> int64_t {
        auto found = torch::autograd::grad(borrow_all(outputs, count), borrow_all(inputs, input_count), borrow_all(gradients, gradient_count),
                                           retain_graph != 0, create_graph != 0, allow_unused != 0);
        for (size_t i = 0; i < found.size(); i++) results[i] = release(std::move(found[i]));
        return 0;
    });
}

BRIDGE int64_t bridge_grad_mode() { return c10::GradMode::is_enabled(); }
BRIDGE void bridge_set_grad_mode(int64_t enabled) { c10::GradMode::set_enabled(enabled != 0); }

BRIDGE int64_t bridge_inference_mode() { return c10::InferenceMode::is_enabled(); }
BRIDGE void* bridge_enter_inference_mode(int64_t enabled) { return new c10::InferenceMode(enabled != 0); }
BRIDGE void bridge_leave_inference_mode(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

// ---- Random numbers ----

BRIDGE int64_t bridge_manual_seed(uint64_t seed) { return guarded([&]() -> int64_t { at::manual_seed(seed); return 0; }); }

BRIDGE void* bridge_generator(uint64_t seed) {
    void* generator = nullptr;
    guarded([&]() -> int64_t { generator = new at::Generator(at::detail::createCPUGenerator(seed)); return 0; });
    return generator;
}

BRIDGE void* bridge_default_generator() {
    void* generator = nullptr;
    guarded([&]() -> int64_t { generator = new at::Generator(at::detail::getDefaultCPUGenerator()); return 0; });
    return generator;
}

BRIDGE void bridge_release_generator(void* generator) { delete static_cast<at::Generator*>(generator); }

// The seed is written apart, since every number is one.
BRIDGE int64_t bridge_generator_seed(void* generator, int64_t fresh, uint64_t* seed) {
    return guarded([&]() -> int64_t {
        auto& of = generator_of(generator);
        std::lock_guard<std::mutex> lock(of.mutex());
        *seed = fresh ? of.seed() : of.current_seed();
        return 0;
    });
}

BRIDGE int64_t bridge_generator_manual_seed(void* generator, uint64_t seed) {
    return guarded([&]() -> int64_t {
        auto& of = generator_of(generator);
        std::lock_guard<std::mutex> lock(of.mutex());
        of.set_current_seed(seed);
        return 0;
    });
}

BRIDGE void* bridge_generator_state(void* generator) {
    void* state = nullptr;
    guarded([&]() -> int64_t {
        auto& of = generator_of(generator);
        std::lock_guard<std::mutex> lock(of.mutex());
        state = release(of.get_state());
        return 0;
    });
    return state;
}

BRIDGE int64_t bridge_generator_set_state(void* generator, const void* state) {
    return guarded([&]() -> int64_t {
        auto& of = generator_of(generator);
        std::lock_guard<std::mutex> lock(of.mutex());
        of.set_state(borrow(state));
        return 0;
    });
}
