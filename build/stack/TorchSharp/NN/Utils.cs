using TorchSharp.Bridge;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Scales the gradients so that their joint norm is at most max_norm, and returns the norm before that.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var scope = NewDisposeScope();
                using var frozen = no_grad();
                var gradients = tensors.Select(parameter => parameter.grad).OfType<Tensor>().ToArray();
                if (gradients.Length == 0)
                    return 0;
                using var total = stack(Operators.CallList("aten::_foreach_norm.Scalar", gradients, norm_type)).norm((float)norm_type);
                var norm = total.to(ScalarType.Float64).item<double>();
                var factor = max_norm / (norm + 1e-6);
                if (factor < 1)
                    Operators.Run("aten::_foreach_mul_.Scalar", gradients, factor);
                return norm;
            }

            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var frozen = no_grad();
                foreach (var parameter in tensors)
                {
                    using var gradient = parameter.grad;
                    gradient?.clamp_(-clip_value, clip_value);
                }
            }

            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                var flat = tensors.Select(parameter => parameter.reshape(-1)).ToList();
                var result = cat(flat, 0);
                flat.ForEach(part => part.Dispose());
                return result;
            }

            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using var frozen = no_grad();
                long start = 0;
                foreach (var parameter in tensors)
                {
                    using var part = vec.narrow(0, start, parameter.numel());
                    using var shaped = part.view_as(parameter);
                    parameter.copy_(shaped);
                    start += parameter.numel();
                }
            }
        }
    }
}
