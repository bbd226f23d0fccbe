using System.Runtime.InteropServices;
using TorchSharp.Bridge;
using static TorchSharp.Bridge.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements as values of the .NET type that matches <see cref="dtype"/>.</summary>
        public Utils.TensorAccessor<T> data<T>() where T : unmanaged
        {
            Require<T>();
            return new Utils.TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <summary>The only element.</summary>
        public T item<T>() where T : unmanaged => NumberOfElements == 1 ? data<T>()[0]
            : throw new ArgumentException("Number of elements in the tensor must be 1");

        /// <summary>The only element, as a scalar.</summary>
        public Scalar ToScalar() => Operators.CallScalar("aten::item", this);

        /// <summary>The memory of a contiguous CPU tensor. It stays valid only as long as the tensor.</summary>
        public Span<byte> bytes
        {
            get => Memory();
            set
            {
                if (!is_contiguous())
                {
                    throw new InvalidOperationException("SetBytes() called on non-contiguous tensor.");
                }
                if (NumberOfElements * ElementSize != value.Length)
                {
                    throw new ArgumentException("Mismatched data sizes in SetBytes().");
                }
                value.CopyTo(Memory());
            }
        }

        public bool ReadCpuBool(long i) => Read<bool>(i);
        public byte ReadCpuByte(long i) => Read<byte>(i);
        public sbyte ReadCpuSByte(long i) => Read<sbyte>(i);
        public short ReadCpuInt16(long i) => Read<short>(i);
        public int ReadCpuInt32(long i) => Read<int>(i);
        public long ReadCpuInt64(long i) => Read<long>(i);
        public float ReadCpuSingle(long i) => Read<float>(i);
        public double ReadCpuDouble(long i) => Read<double>(i);
        public T ReadCpuValue<T>(long i) where T : unmanaged => Read<T>(i);

        /// <summary>Writes a contiguous CPU tensor's memory.</summary>
        public unsafe void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            RequireReadable();
            for (var (position, length) = (0L, NumberOfElements * ElementSize); position < length; position += int.MaxValue)
            {
                stream.Write(new ReadOnlySpan<byte>((byte*)Address() + position, (int)Math.Min(int.MaxValue, length - position)));
            }
        }

        /// <summary>Fills a contiguous CPU tensor's memory.</summary>
        public unsafe void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            RequireReadable();
            for (var (position, length) = (0L, NumberOfElements * ElementSize); position < length; position += int.MaxValue)
            {
                stream.ReadExactly(new Span<byte>((byte*)Address() + position, (int)Math.Min(int.MaxValue, length - position)));
            }
        }

        public static explicit operator bool(Tensor value) => value.ToScalar().ToBoolean();
        public static explicit operator byte(Tensor value) => value.ToScalar().ToByte();
        public static explicit operator sbyte(Tensor value) => value.ToScalar().ToSByte();
        public static explicit operator short(Tensor value) => value.ToScalar().ToInt16();
        public static explicit operator int(Tensor value) => value.ToScalar().ToInt32();
        public static explicit operator long(Tensor value) => value.ToScalar().ToInt64();
        public static explicit operator float(Tensor value) => value.ToScalar().ToSingle();
        public static explicit operator double(Tensor value) => value.ToScalar().ToDouble();

        /// <summary>The first element's address; zero for a tensor without elements.</summary>
        internal nint Address()
        {
            using var held = new HeldTensor(this);
            return bridge_numel(held.Address) == 0 ? 0 : Checked(bridge_data(held.Address));
        }

        internal void Require<T>()
        {
            if (ToScalarType(typeof(T)) != dtype)
            {
                throw new ArgumentException($"{typeof(T).Name} is not compatible with {dtype}");
            }
        }

        private T Read<T>(long index) where T : unmanaged
        {
            Require<T>();
            return new Utils.TensorAccessor<T>(this)[index];
        }

        private unsafe Span<byte> Memory()
        {
            RequireReadable();
            var length = NumberOfElements * ElementSize;
            return length <= int.MaxValue ? new Span<byte>((void*)Address(), (int)length)
                : throw new ArgumentException("Span only supports up to int.MaxValue elements.");
        }

        private void RequireReadable()
        {
            if (!is_contiguous())
            {
                throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
            }
            if (device_type != DeviceType.CPU)
            {
                throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            }
        }
    }
}
