using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp.Bridge;

/// <summary>
/// One argument of an operator. Everything that an operator takes converts to it implicitly, so that a call reads
/// <c>Call("aten::add.Tensor", left, right, alpha)</c> and allocates nothing; null is the schema's None.
/// </summary>
internal readonly struct Argument
{
    /// <summary>The schema's default value.</summary>
    internal static readonly Argument Default = new(ValueKind.Default, 0);

    private readonly object? reference;
    private readonly long bits;
    private readonly ValueKind kind;

    private Argument(ValueKind kind, long bits, object? reference = null) => (this.kind, this.bits, this.reference) = (kind, bits, reference);

    private static Argument None => new(ValueKind.None, 0);

    public static implicit operator Argument(bool value) => new(ValueKind.Bool, value ? 1 : 0);
    public static implicit operator Argument(long value) => new(ValueKind.Int, value);
    public static implicit operator Argument(double value) => new(ValueKind.Double, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Argument(bool? value) => value is { } v ? v : None;
    public static implicit operator Argument(long? value) => value is { } v ? v : None;
    public static implicit operator Argument(double? value) => value is { } v ? v : None;
    public static implicit operator Argument(Scalar? value) => value is null ? None : new(value.Kind, value.Bits, value);
    public static implicit operator Argument(string? value) => value is null ? None : new(ValueKind.String, 0, value);
    public static implicit operator Argument(torch.Tensor? value) => value is null ? None : new(ValueKind.Tensor, 0, value.handle);
    public static implicit operator Argument(torch.Generator? value) => value is null ? None : new(ValueKind.Generator, 0, value);
    public static implicit operator Argument(torch.Device? value) => value is null ? None : new(ValueKind.Device, value.Packed);
    public static implicit operator Argument(torch.ScalarType value) => new(ValueKind.Int, (long)value);
    public static implicit operator Argument(torch.ScalarType? value) => value is { } v ? v : None;
    public static implicit operator Argument(memory_format value) => value switch
    {
        memory_format.contiguous_format => 0L,
        memory_format.preserve_format => 1L,
        _ => 2L,
    };
    public static implicit operator Argument(bool[]? value) => value is null ? None : new(ValueKind.Bools, 0, value);
    public static implicit operator Argument(long[]? value) => value is null ? None : new(ValueKind.Ints, 0, value);
    public static implicit operator Argument(double[]? value) => value is null ? None : new(ValueKind.Doubles, 0, value);
    public static implicit operator Argument(torch.Tensor?[]? value) => value is null ? None : new(ValueKind.Tensors, 0, value);
    public static implicit operator Argument(torch.Size value) => value.Shape;

    /// <summary>How many 8-byte words of scratch memory <see cref="Write"/> needs.</summary>
    internal int ScratchWords => kind switch
    {
        ValueKind.Ints or ValueKind.Doubles or ValueKind.Tensors => ((Array)reference!).Length,
        ValueKind.Bools => (((bool[])reference!).Length + 7) / 8,
        ValueKind.String => (Encoding.UTF8.GetMaxByteCount(((string)reference!).Length) + 7) / 8,
        ValueKind.Complex => 2,
        _ => 0,
    };

    /// <summary>Writes the native form, with lists and strings copied to <paramref name="scratch"/>, and holds what is native until <see cref="Release"/>.</summary>
    internal unsafe void Write(out NativeValue value, ref long* scratch)
    {
        value = new NativeValue { Kind = kind, Bits = bits };
        switch (kind)
        {
            case ValueKind.Tensor:
                value.Bits = ((TensorHandle)reference!).Hold();
                break;
            case ValueKind.Generator:
                value.Bits = ((torch.Generator)reference!).Hold();
                break;
            case ValueKind.Ints:
                Copy<long>((long[])reference!, ref value, ref scratch);
                break;
            case ValueKind.Doubles:
                Copy<double>((double[])reference!, ref value, ref scratch);
                break;
            case ValueKind.Bools:
                Copy<bool>((bool[])reference!, ref value, ref scratch);
                break;
            case ValueKind.String:
                value.Bits = (nint)scratch;
                value.Count = Encoding.UTF8.GetBytes((string)reference!, new Span<byte>(scratch, ScratchWords * 8));
                scratch += ScratchWords;
                break;
            case ValueKind.Complex:
                value.Bits = (nint)scratch;
                var complex = ((Scalar)reference!).Complex;
                *(double*)scratch++ = complex.Real;
                *(double*)scratch++ = complex.Imaginary;
                break;
            case ValueKind.Tensors:
                HoldAll((torch.Tensor?[])reference!, ref value, ref scratch);
                break;
        }
    }

    /// <summary>Lets go of what <see cref="Write"/> held.</summary>
    internal void Release()
    {
        switch (kind)
        {
            case ValueKind.Tensor:
                ((TensorHandle)reference!).LetGo();
                break;
            case ValueKind.Generator:
                ((torch.Generator)reference!).LetGo();
                break;
            case ValueKind.Tensors:
                foreach (var tensor in (torch.Tensor?[])reference!)
                {
                    tensor?.LetGo();
                }
                break;
        }
    }

    private static unsafe void Copy<T>(ReadOnlySpan<T> items, ref NativeValue value, ref long* scratch) where T : unmanaged
    {
        value.Bits = (nint)scratch;
        value.Count = items.Length;
        items.CopyTo(new Span<T>(scratch, items.Length));
        scratch += ((items.Length * sizeof(T)) + 7) / 8;
    }

    private static unsafe void HoldAll(torch.Tensor?[] tensors, ref NativeValue value, ref long* scratch)
    {
        value.Bits = (nint)scratch;
        value.Count = tensors.Length;
        var held = 0;
        try
        {
            for (; held < tensors.Length; held++)
            {
                *scratch++ = tensors[held]?.Hold() ?? 0;
            }
        }
        catch
        {
            while (held-- > 0)
            {
                tensors[held]?.LetGo();
            }
            throw;
        }
    }
}
