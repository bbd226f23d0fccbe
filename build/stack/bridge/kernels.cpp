// Operators of our own, registered beside ATen's and called the same way: those where libtorch 1.13 leaves most to win.
#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <mutex>

#include "random.h"
#include "vectors.h"

namespace bridge {
namespace {

// ---- Dropout ----
// ATen draws its mask from a serial generator, a fifth of a small model's training step. Here all threads draw, and backward
// draws again.

constexpr int64_t chunk = 4096;

typedef float Floats __attribute__((vector_size(4 * lanes)));

FOR_EVERY_CPU
void drop_chunk(const float* input, float* output, int64_t count, uint64_t seed, int64_t index, uint32_t threshold, float scale) {
    Random random(seed, index);
    Words word;
    int64_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        random.next(word);
        Floats values;
        std::memcpy(&values, input + i, sizeof values);
        values *= scale;
        Words bits;
        std::memcpy(&bits, &values, sizeof bits);
        bits &= reinterpret_cast<Words>(word >= threshold);
        std::memcpy(output + i, &bits, sizeof bits);
    }
    random.next(word);
    for (int lane = 0; i < count; i++, lane++) output[i] = word[lane] >= threshold ? input[i] * scale : 0.0f;
}

at::Tensor dropped(const at::Tensor& input, double p, uint64_t seed) {
    const auto from = input.contiguous();
    auto to = at::empty_like(from);
    const auto count = from.numel();
    const auto* source = from.data_ptr<float>();
    auto* target = to.data_ptr<float>();
    const auto threshold = threshold_of(p);
    const auto scale = static_cast<float>(1 / (1 - p));
    at::parallel_for(0, (count + chunk - 1) / chunk, 8, [&](int64_t begin, int64_t end) {
        for (int64_t index = begin; index < end; index++) {
            const auto first = index * chunk;
            drop_chunk(source + first, target + first, std::min(chunk, count - first), seed, index, threshold, scale);
        }
    });
    return to;
}

struct Dropout : torch::autograd::Function<Dropout> {
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& input, double p, int64_t seed) {
        context->saved_data["p"] = p;
        context->saved_data["seed"] = seed;
        at::AutoDispatchBelowADInplaceOrView below;
        return dropped(input, p, static_cast<uint64_t>(seed));
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
        return {Dropout::apply(gradients[0], context->saved_data["p"].toDouble(), context->saved_data["seed"].toInt()), at::Tensor(), at::Tensor()};
    }
};

at::Tensor dropout(const at::Tensor& input, double p) {
    TORCH_CHECK(p > 0 && p < 1, "dropout probability has to be between 0 and 1, but got ", p);
    TORCH_CHECK(input.device().is_cpu() && input.scalar_type() == at::kFloat, "bridge::dropout is for float tensors on the CPU");
    return Dropout::apply(input, p, static_cast<int64_t>(draw_seed()));
}

// ---- Adam ----
// One pass over the memory where a chain of operators makes ten; Kingma & Ba, "Adam" (2014), and, where the decay is
// decoupled, Loshchilov & Hutter, "Decoupled Weight Decay Regularization" (2017).

struct Step {
    float beta1, beta2, epsilon, decay, size, root_correction;
    bool decoupled;
};

FOR_EVERY_CPU
void adam_range(float* parameter, const float* gradient, float* mean, float* square, int64_t begin, int64_t end, const Step& step) {
    const auto s = step;
    for (int64_t i = begin; i < end; i++) {
        const float g = s.decoupled ? gradient[i] : gradient[i] + s.decay * parameter[i];
        const float m = s.beta1 * mean[i] + (1 - s.beta1) * g;
        const float v = s.beta2 * square[i] + (1 - s.beta2) * g * g;
        mean[i] = m;
        square[i] = v;
        const float decayed = s.decoupled ? parameter[i] * (1 - s.decay) : parameter[i];
        parameter[i] = decayed - s.size * m / (std::sqrt(v) * s.root_correction + s.epsilon);
    }
}

float* floats(const at::Tensor& tensor, int64_t count) {
    TORCH_CHECK(tensor.device().is_cpu() && tensor.scalar_type() == at::kFloat && tensor.is_contiguous() && tensor.numel() == count,
                "bridge::adam_ takes contiguous float tensors of one size on the CPU");
    return tensor.data_ptr<float>();
}

void adam(at::TensorList parameters, at::TensorList gradients, at::TensorList means, at::TensorList squares, int64_t steps, double rate,
          double beta1, double beta2, double epsilon, double decay, bool decoupled) {
    TORCH_CHECK(gradients.size() == parameters.size() && means.size() == parameters.size() && squares.size() == parameters.size(),
                "bridge::adam_ takes as many gradients and averages as parameters");
    const double correction1 = 1 - std::pow(beta1, steps), correction2 = 1 - std::pow(beta2, steps);
    const Step step{static_cast<float>(beta1), static_cast<float>(beta2), static_cast<float>(epsilon),
                    static_cast<float>(decoupled ? rate * decay : decay), static_cast<float>(rate / correction1),
                    static_cast<float>(1 / std::sqrt(correction2)), decoupled};
    for (size_t i = 0; i < parameters.size(); i++) {
        const auto count = parameters[i].numel();
        auto* parameter = floats(parameters[i], count);
        const auto* gradient = floats(gradients[i], count);
        auto* mean = floats(means[i], count);
        auto* square = floats(squares[i], count);
        at::parallel_for(0, count, 16384, [&](int64_t begin, int64_t end) { adam_range(parameter, gradient, mean, square, begin, end, step); });
        parameters[i].unsafeGetTensorImpl()->bump_version();
    }
}

}  // namespace

uint64_t draw_seed() {
    auto generator = at::detail::getDefaultCPUGenerator();
    std::lock_guard<std::mutex> lock(generator.mutex());
    return at::check_generator<at::CPUGeneratorImpl>(generator)->random64();
}

}  // namespace bridge

TORCH_LIBRARY(bridge, library) {
    library.def("dropout(Tensor input, float p) -> Tensor", bridge::dropout);
    library.def("adam_(Tensor[] parameters, Tensor[] gradients, Tensor[] means, Tensor[] squares, int steps, float rate, float beta1, "
                "float beta2, float epsilon, float decay, bool decoupled) -> ()", bridge::adam);
}
