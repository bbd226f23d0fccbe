using static TorchSharp.Bridge.Operators;

namespace TorchSharp;

public static partial class torch
{
    // What neural networks put between their layers.
    public partial class Tensor
    {
        public Tensor relu() => Call("aten::relu", this);
        public Tensor relu_() => InPlace("aten::relu_", this);
        public Tensor relu6() => Call("aten::relu6", this);
        public Tensor relu6_() => InPlace("aten::relu6_", this);
        public Tensor leaky_relu(Scalar negative_slope) => Call("aten::leaky_relu", this, negative_slope);
        public Tensor leaky_relu_(Scalar negative_slope) => InPlace("aten::leaky_relu_", this, negative_slope);
        public Tensor gelu() => Call("bridge::gelu", this);
        public Tensor gelu_() => InPlace("aten::gelu_", this);
        public Tensor silu() => Call("aten::silu", this);
        public Tensor silu_() => InPlace("aten::silu_", this);
        public Tensor elu(double alpha = 1) => Call("aten::elu", this, alpha);
        public Tensor elu_(double alpha = 1) => InPlace("aten::elu_", this, alpha);
        public Tensor selu() => Call("aten::selu", this);
        public Tensor selu_() => InPlace("aten::selu_", this);
        public Tensor celu() => Call("aten::celu", this);
        public Tensor celu(Scalar alpha) => Call("aten::celu", this, alpha);
        public Tensor hardtanh(Scalar min, Scalar max) => Call("aten::hardtanh", this, min, max);
        public Tensor hardtanh_(Scalar min, Scalar max) => InPlace("aten::hardtanh_", this, min, max);
        public Tensor hardsigmoid() => Call("aten::hardsigmoid", this);
        public Tensor hardsigmoid_() => InPlace("aten::hardsigmoid_", this);
        public Tensor hardswish() => Call("aten::hardswish", this);
        public Tensor hardswish_() => InPlace("aten::hardswish_", this);
        public Tensor glu(long dim = -1) => Call("aten::glu", this, dim);
        public Tensor prelu(Tensor target) => Call("aten::prelu", this, target);
        public Tensor softplus(double beta = 1, double threshold = 20) => Call("aten::softplus", this, beta, threshold);
        public Tensor log_sigmoid() => Call("aten::log_sigmoid", this);
        public Tensor threshold(Scalar threshold, Scalar value) => Call("aten::threshold", this, threshold, value);
        public Tensor threshold_(Scalar threshold, Scalar value) => InPlace("aten::threshold_", this, threshold, value);
        public Tensor softmax(long dim, ScalarType? dtype = null) => Call("aten::softmax.int", this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Call("aten::log_softmax.int", this, dim, dtype);
    }
}
