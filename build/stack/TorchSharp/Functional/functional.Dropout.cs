using static TorchSharp.Bridge.Operators;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Zeroes a share <paramref name="p"/> of the elements while training, and scales the rest by 1 / (1 - p).</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                var parallel = training && p > 0 && p < 1 && input.dtype == ScalarType.Float32 && input.device_type == DeviceType.CPU;
                return (parallel, inplace) switch
                {
                    (true, false) => Call("bridge::dropout", input, p),
                    (true, true) => Overwritten(input, Call("bridge::dropout", input, p)),
                    (false, false) => Call("aten::dropout", input, p, training),
                    (false, true) => Call("aten::dropout_", input, p, training),
                };
            }

            public static Tensor dropout1d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => inplace ? Call("aten::feature_dropout_", input, p, training) : Call("aten::feature_dropout", input, p, training);
            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => inplace ? Call("aten::feature_dropout_", input, p, training) : Call("aten::feature_dropout", input, p, training);
            public static Tensor alpha_dropout(Tensor input, double p = 0.5, bool training = false, bool inplace = false) => inplace ? Call("aten::alpha_dropout_", input, p, training) : Call("aten::alpha_dropout", input, p, training);

            private static Tensor Overwritten(Tensor target, Tensor values)
            {
                using (values)
                {
                    return target.copy_(values).alias();
                }
            }
        }
    }
}
