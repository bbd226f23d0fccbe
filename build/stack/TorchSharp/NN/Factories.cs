using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);

        public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
            new(inputSize, outputSize, hasBias, device, dtype);

        public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);

        public static LayerNorm LayerNorm(long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true,
            Device? device = null, ScalarType? dtype = null) =>
            new([normalized_shape], eps, elementwise_affine, bias, device, dtype);

        public static LayerNorm LayerNorm(long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true,
            Device? device = null, ScalarType? dtype = null) =>
            new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

        public static Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null,
            double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
        {
            RequireNoNorm(max_norm);
            var weight = new Parameter(empty(num_embeddings, embedding_dims, dtype, device));
            init.normal_(weight);
            if (padding_idx is { } padding)
            {
                using var frozen = no_grad();
                using var row = weight[padding];
                row.zero_();
            }
            return new Embedding(weight, padding_idx, scale_grad_by_freq, sparse);
        }

        public static Embedding Embedding_from_pretrained(Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null,
            double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
        {
            RequireNoNorm(max_norm);
            var weight = new Parameter(embeddings.to(dtype ?? embeddings.dtype, device ?? embeddings.device).alias(), !freeze);
            return new Embedding(weight, padding_idx, scale_grad_by_freq, sparse);
        }

        public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);

        public static GELU GELU() => new(false);

        public static GELU GELU(bool inplace) => new(inplace);

        public static ReLU ReLU(bool inplace = false) => new(inplace);

        public static SiLU SiLU() => new(false);

        public static SiLU SiLU(bool inplace) => new(inplace);

        public static Tanh Tanh() => new(false);

        public static Tanh Tanh(bool inplace = false) => new(inplace);

        public static Sigmoid Sigmoid() => new(false);

        public static Sigmoid Sigmoid(bool inplace) => new(inplace);

        public static Softmax Softmax(long dim) => new(dim);

        public static Identity Identity() => new();

        public static Sequential Sequential() => Modules.Sequential.Of(Array.Empty<Module<Tensor, Tensor>>());

        public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => Modules.Sequential.Of(modules);

        public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => Modules.Sequential.Of(modules);

        public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => Modules.Sequential.Of(modules);

        public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => Modules.Sequential.Of(modules);

        public static ModuleList<Module> ModuleList(params Module[] modules) => new(modules);

        public static ModuleList<T> ModuleList<T>(params T[] modules) where T : Module => new(modules);

        public static ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => ModuleDict<Module>(modules);

        public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules) where T : Module
        {
            var result = new ModuleDict<T>();
            foreach (var item in modules)
                result.Add(item);
            return result;
        }

        public static Conv1d Conv1d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
            PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
        {
            RequireZeros(padding_mode);
            return new(in_channels, out_channels, new([kernel_size], [stride], [padding], [dilation], groups), bias, device, dtype);
        }

        public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
            PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
            Conv2d(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), (dilation, dilation), padding_mode, groups, bias, device, dtype);

        public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
            (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
        {
            RequireZeros(padding_mode);
            var shape = new ConvolutionShape(Pair(kernel_size), Pair(stride ?? (1, 1)), Pair(padding ?? (0, 0)), Pair(dilation ?? (1, 1)), groups);
            return new(in_channels, out_channels, shape, bias, device, dtype);
        }

        public static GRU GRU(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0,
            bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
            new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);

        private static long[] Pair((long, long) sizes) => [sizes.Item1, sizes.Item2];

        private static void RequireZeros(PaddingModes padding_mode)
        {
            if (padding_mode != PaddingModes.Zeros)
                throw new NotSupportedException("This stack's convolutions pad with zeros only.");
        }

        private static void RequireNoNorm(double? max_norm)
        {
            if (max_norm is not null)
                throw new NotSupportedException("This stack has no embedding that renormalises its rows (max_norm).");
        }
    }
}
