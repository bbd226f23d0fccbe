using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.Bridge.NativeMethods;

namespace TorchSharp.Bridge;

/// <summary>Calls operators of the ATen dispatcher by the names that their schemas have, such as <c>aten::add.Tensor</c>.</summary>
internal static unsafe class Operators
{
    private const int InlineWords = 48;

    // Names are literals, which are interned: comparing references finds them, and a copy at each new name spares a lock.
    private static volatile Dictionary<object, nint> handles = new(ReferenceEqualityComparer.Instance);
    private static readonly Lock Adding = new();

    /// <summary>The first result, a tensor.</summary>
    internal static torch.Tensor Call(string name, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(name, arguments, &result, 1);
        return TensorOf(result);
    }

    /// <summary>The first two results.</summary>
    internal static (torch.Tensor, torch.Tensor) Call2(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[2];
        Invoke(name, arguments, results, 2);
        return (TensorOf(results[0]), TensorOf(results[1]));
    }

    /// <summary>The first three results.</summary>
    internal static (torch.Tensor, torch.Tensor, torch.Tensor) Call3(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[3];
        Invoke(name, arguments, results, 3);
        return (TensorOf(results[0]), TensorOf(results[1]), TensorOf(results[2]));
    }

    /// <summary>The first four results.</summary>
    internal static (torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor) Call4(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[4];
        Invoke(name, arguments, results, 4);
        return (TensorOf(results[0]), TensorOf(results[1]), TensorOf(results[2]), TensorOf(results[3]));
    }

    /// <summary>The result, a list of tensors.</summary>
    internal static torch.Tensor[] CallList(string name, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(name, arguments, &result, 1);
        var items = (NativeValue*)result.Bits;
        try
        {
            var tensors = new torch.Tensor[result.Count];
            for (var i = 0; i < tensors.Length; i++)
            {
                tensors[i] = TensorOf(items[i]);
            }
            return tensors;
        }
        finally
        {
            bridge_free_list((nint)items);
        }
    }

    /// <summary>The result, a number.</summary>
    internal static Scalar CallScalar(string name, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(name, arguments, &result, 1);
        return Scalar.From(result);
    }

    /// <summary>The result, true or false.</summary>
    internal static bool CallBool(string name, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(name, arguments, &result, 1);
        return result.Bits != 0;
    }

    /// <summary>Calls an operator for what it does to its arguments.</summary>
    internal static void Run(string name, params ReadOnlySpan<Argument> arguments) => Invoke(name, arguments, null, 0);

    private static torch.Tensor TensorOf(in NativeValue value) => new(new TensorHandle((nint)value.Bits, value.Count));

    [SkipLocalsInit]
    private static void Invoke(string name, ReadOnlySpan<Argument> arguments, NativeValue* results, int capacity)
    {
        var op = Find(name);
        var values = stackalloc NativeValue[arguments.Length];
        var words = 0;
        foreach (ref readonly var argument in arguments)
        {
            words += argument.ScratchWords;
        }
        var inline = stackalloc long[InlineWords];
        var scratch = words <= InlineWords ? inline : (long*)NativeMemory.Alloc((nuint)words, sizeof(long));
        var next = scratch;
        var held = 0;
        try
        {
            for (; held < arguments.Length; held++)
            {
                arguments[held].Write(out values[held], ref next);
            }
            if (bridge_call(op, values, arguments.Length, results, capacity) < 0)
            {
                throw Failure();
            }
        }
        finally
        {
            while (held-- > 0)
            {
                arguments[held].Release();
            }
            if (scratch != inline)
            {
                NativeMemory.Free(scratch);
            }
        }
    }

    private static nint Find(string name) => handles.TryGetValue(name, out var handle) ? handle : Add(name);

    private static nint Add(string name)
    {
        lock (Adding)
        {
            var handle = Checked(bridge_operator(name));
            handles = new Dictionary<object, nint>(handles, ReferenceEqualityComparer.Instance) { [name] = handle };
            return handle;
        }
    }
}
