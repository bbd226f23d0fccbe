using TorchSharp.Bridge;
using static TorchSharp.Bridge.Operators;

namespace TorchSharp;

public static partial class torch
{
    // Copies, other types, other devices, and new tensors like this one.
    public partial class Tensor
    {
        public Tensor clone() => Call("aten::clone", this);
        public Tensor copy_(Tensor source, bool nonBlocking = false) => InPlace("aten::copy_", this, source, nonBlocking);
        public Tensor set_(Tensor source) => InPlace("aten::set_.source_Tensor", this, source);
        public Tensor fill_(Scalar value) => InPlace("aten::fill_.Scalar", this, value);
        public Tensor zero_() => InPlace("aten::zero_", this);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to_type(type, copy, disposeAfter, non_blocking);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Replaced(Call("aten::to.dtype", this, type, non_blocking, copy), disposeAfter);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(dtype, new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(dtype, device, copy, disposeAfter, non_blocking);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Replaced(Call("aten::to.device", this, InitializeDevice(device), type, non_blocking, copy), disposeAfter);

        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);

        public Tensor type(ScalarType dtype) => to(dtype);
        public Tensor type_as(Tensor tensor) => to(tensor.dtype);
        public Tensor cpu() => to(CPU);

        public Tensor cuda(Device? device = null, bool non_blocking = false) => device is null || device.type == DeviceType.CUDA
            ? to(device ?? CUDA, non_blocking: non_blocking)
            : throw new ArgumentException("Not a CUDA device.", nameof(device));

        public Tensor @bool() => to(ScalarType.Bool);
        public Tensor @byte() => to(ScalarType.Byte);
        public Tensor @char() => to(ScalarType.Int8);
        public Tensor @short() => to(ScalarType.Int16);
        public Tensor @int() => to(ScalarType.Int32);
        public Tensor @long() => to(ScalarType.Int64);
        public Tensor half() => to(ScalarType.Float16);
        public Tensor bfloat16() => to(ScalarType.BFloat16);
        public Tensor @float() => to(ScalarType.Float32);
        public Tensor @double() => to(ScalarType.Float64);
        public Tensor cfloat() => to(ScalarType.ComplexFloat32);
        public Tensor cdouble() => to(ScalarType.ComplexFloat64);

        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like("aten::empty_like", dtype, device, requires_grad);
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like("aten::zeros_like", dtype, device, requires_grad);
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like("aten::ones_like", dtype, device, requires_grad);
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like("aten::rand_like", dtype, device, requires_grad);
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like("aten::randn_like", dtype, device, requires_grad);

        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            With(Call("aten::full_like", this, value, dtype, Argument.Default, device), requires_grad);

        public Tensor randint_like(long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            With(Call("aten::randint_like.low_dtype", this, low, high, dtype, Argument.Default, device), requires_grad);

        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => zeros(size, dtype ?? this.dtype, device ?? this.device, requires_grad);
        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => empty(size, dtype ?? this.dtype, device ?? this.device, requires_grad);
        public Tensor new_full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => full(size, value, dtype ?? this.dtype, device ?? this.device, requires_grad);

        private Tensor Like(string name, ScalarType? dtype, Device? device, bool requires_grad) => With(Call(name, this, dtype, Argument.Default, device), requires_grad);

        private Tensor Replaced(Tensor result, bool dispose)
        {
            if (dispose)
            {
                Dispose();
            }
            return result;
        }
    }
}
