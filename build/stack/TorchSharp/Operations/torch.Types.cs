using static TorchSharp.Bridge.Operators;

namespace TorchSharp;

// Which type a result has.
public static partial class torch
{
    public static ScalarType result_type(Tensor tensor1, Tensor tensor2) => (ScalarType)CallScalar("aten::result_type.Tensor", tensor1, tensor2).ToInt64();
    public static ScalarType promote_types(ScalarType type1, ScalarType type2) => (ScalarType)CallScalar("aten::promote_types", type1, type2).ToInt64();
    public static bool can_cast(ScalarType from, ScalarType to) => CallBool("aten::can_cast", from, to);
}
