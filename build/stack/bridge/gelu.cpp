// GELU and its gradient, x Φ(x) and Φ(x) + x φ(x), in one pass each: Hendrycks & Gimpel, "Gaussian Error Linear Units" (2016).
// Φ is the approximation 7.1.26 of Abramowitz & Stegun, "Handbook of Mathematical Functions" (1964), off by less than 1e-7, whose
// exponential is the one that φ has.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <algorithm>
#include <cstring>

#include "small_products.h"

namespace bridge {
namespace {

// Φ(x) and exp(-x²/2).
INLINE void normal(const Vector& x, Vector& share, Vector& bell) {
    const Integers negative = x < Vector{};
    bell = x * x * -0.5f;
    exponential(bell);
    const Vector t = 1.0f / (1.0f + (negative ? -x : x) * 0.231641888f);
    Vector sum = t * 1.061405429f - 1.453152027f;
    sum = sum * t + 1.421413741f;
    sum = sum * t - 0.284496736f;
    sum = sum * t + 0.254829592f;
    const Vector tail = sum * t * bell * 0.5f;
    share = negative ? tail : 1.0f - tail;
}

struct Value {
    INLINE Vector operator()(const Vector& x, const Vector&) const {
        Vector share, bell;
        normal(x, share, bell);
        return x * share;
    }
};

struct Slope {
    INLINE Vector operator()(const Vector& x, const Vector& gradient) const {
        Vector share, bell;
        normal(x, share, bell);
        return gradient * (share + x * bell * 0.398942280f);
    }
};

// output = function(input, other), of which the last few values are no whole vector.
template <typename Function>
INLINE void map(const float* input, const float* other, float* output, int64_t count, Function function) {
    Vector x{}, y{};
    for (int64_t i = 0; i < count; i += width) {
        const auto size = std::min(width, count - i) * sizeof(float);
        std::memcpy(&x, input + i, size);
        std::memcpy(&y, other + i, size);
        const Vector result = function(x, y);
        std::memcpy(output + i, &result, size);
    }
}

FOR_EVERY_CPU
void value_range(const float* input, float* output, int64_t count) {
    const auto whole = count / width * width;
    for (int64_t i = 0; i < whole; i += width) map(input + i, input + i, output + i, width, Value());
    map(input + whole, input + whole, output + whole, count - whole, Value());
}

FOR_EVERY_CPU
void slope_range(const float* input, const float* gradient, float* output, int64_t count) {
    const auto whole = count / width * width;
    for (int64_t i = 0; i < whole; i += width) map(input + i, gradient + i, output + i, width, Slope());
    map(input + whole, gradient + whole, output + whole, count - whole, Slope());
}

constexpr int64_t grain = 16384;

at::Tensor values_of(const at::Tensor& input) {
    const auto from = input.contiguous();
    auto to = at::empty_like(from);
    const auto* source = from.data_ptr<float>();
    auto* target = to.data_ptr<float>();
    at::parallel_for(0, from.numel(), grain, [&](int64_t begin, int64_t end) { value_range(source + begin, target + begin, end - begin); });
    return to;
}

at::Tensor slopes_of(const at::Tensor& input, const at::Tensor& gradient) {
    const auto from = input.contiguous(), by = gradient.contiguous();
    auto to = at::empty_like(from);
    const auto *source = from.data_ptr<float>(), *factor = by.data_ptr<float>();
    auto* target = to.data_ptr<float>();
    at::parallel_for(0, from.numel(), grain, [&](int64_t begin, int64_t end) { slope_range(source + begin, factor + begin, target + begin, end - begin); });
    return to;
}

struct Gelu : torch::autograd::Function<Gelu> {
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& input) {
        at::AutoDispatchBelowADInplaceOrView below;
        context->save_for_backward({input});
        return values_of(input);
    }

    // A gradient that is to have gradients itself is ATen's.
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
        const auto input = context->get_saved_variables()[0];
        return {at::GradMode::is_enabled() ? at::gelu_backward(gradients[0], input) : slopes_of(input, gradients[0])};
    }
};

at::Tensor gelu(const at::Tensor& input) {
    return input.device().is_cpu() && input.scalar_type() == at::kFloat ? Gelu::apply(input) : at::gelu(input);
}

}  // namespace
}  // namespace bridge

TORCH_LIBRARY_FRAGMENT(bridge, library) {
    library.def("gelu(Tensor input) -> Tensor", bridge::gelu);
}
