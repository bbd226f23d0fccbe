using System.Runtime.CompilerServices;
using TorchSharp.Bridge;
using static TorchSharp.Bridge.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public long Dimensions => Read(&bridge_dim);
        public long dim() => Dimensions;
        public long ndim => Dimensions;
        public long NumberOfElements => Read(&bridge_numel);
        public long numel() => NumberOfElements;
        public long ElementSize => Read(&bridge_element_size);
        public long element_size() => ElementSize;
        public ScalarType dtype => (ScalarType)Read(&bridge_dtype);
        public DeviceType device_type => (DeviceType)(Read(&bridge_device) >> 8);
        public int device_index => (sbyte)Read(&bridge_device);
        public Device device => device_type == DeviceType.CPU ? new Device(DeviceType.CPU) : new Device(device_type, device_index);
        public bool is_contiguous() => Read(&bridge_is_contiguous) != 0;
        public bool is_sparse => Read(&bridge_is_sparse) != 0;
        public bool is_cuda => device_type == DeviceType.CUDA;
        public bool is_meta => device_type == DeviceType.META;
        public bool is_cpu() => device_type == DeviceType.CPU;
        public bool is_integral() => torch.is_integral(dtype);
        public bool is_floating_point() => torch.is_floating_point(dtype);
        public bool is_complex() => torch.is_complex(dtype);
        public long storage_offset() => Read(&bridge_storage_offset);

        public bool is_nonzero() => numel() == 1 ? Operators.CallBool("aten::is_nonzero", this)
            : throw new InvalidOperationException("is_nonzero() called on non-singleton tensor");

        public long[] shape => size();

        public long[] size()
        {
            using var held = new HeldTensor(this);
            var sizes = new long[bridge_dim(held.Address)];
            fixed (long* p = sizes)
            {
                bridge_sizes(held.Address, p);
            }
            return sizes;
        }

        [SkipLocalsInit]
        public long size(int dim)
        {
            using var held = new HeldTensor(this);
            var count = bridge_dim(held.Address);
            var sizes = stackalloc long[(int)count];
            bridge_sizes(held.Address, sizes);
            return sizes[Wrapped(dim, count)];
        }

        public long[] stride()
        {
            using var held = new HeldTensor(this);
            var strides = new long[bridge_dim(held.Address)];
            fixed (long* p = strides)
            {
                Checked(bridge_strides(held.Address, p));
            }
            return strides;
        }

        public long stride(int dim)
        {
            var strides = stride();
            return strides[Wrapped(dim, strides.Length)];
        }

        private long Read(delegate*<nint, long> getter)
        {
            using var held = new HeldTensor(this);
            return getter(held.Address);
        }

        private static int Wrapped(int dim, long count)
        {
            var wrapped = dim < 0 ? dim + count : dim;
            return wrapped >= 0 && wrapped < count ? (int)wrapped
                : throw new System.Runtime.InteropServices.ExternalException($"Dimension out of range (expected to be in range of [{-count}, {count - 1}], but got {dim})");
        }
    }
}
