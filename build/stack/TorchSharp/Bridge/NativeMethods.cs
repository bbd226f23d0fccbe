using System.Runtime.InteropServices;

namespace TorchSharp.Bridge;

/// <summary>The bridge's C entry points, as bridge/dispatch.cpp and bridge/tensors.cpp define them. -1 and null mean a failure whose text is <see cref="bridge_last_error"/>.</summary>
internal static unsafe partial class NativeMethods
{
    internal const string Library = "TorchBridge";

    // The generic call.
    [LibraryImport(Library)] internal static partial nint bridge_last_error();
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint bridge_operator(string qualifiedName);
    [LibraryImport(Library)] internal static partial long bridge_call(nint op, NativeValue* arguments, int given, NativeValue* results, int capacity);
    [LibraryImport(Library)] internal static partial void bridge_free_list(nint items);

    // The library.
    [LibraryImport(Library)] internal static partial nint bridge_torch_version();
    [LibraryImport(Library)] internal static partial long bridge_get_threads();
    [LibraryImport(Library)] internal static partial long bridge_set_threads(long count);
    [LibraryImport(Library)] internal static partial long bridge_get_interop_threads();
    [LibraryImport(Library)] internal static partial long bridge_set_interop_threads(long count);
    [LibraryImport(Library)] internal static partial long bridge_cuda_devices();
    [LibraryImport(Library)] internal static partial long bridge_cuda_synchronize(long index);

    // Metadata and memory. These few read a field and return, so the switch to preemptive mode would be most of their cost.
    [LibraryImport(Library), SuppressGCTransition] internal static partial long bridge_dim(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long bridge_numel(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long bridge_dtype(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long bridge_element_size(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long bridge_is_contiguous(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long bridge_is_sparse(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long bridge_requires_grad(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long bridge_device(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial void bridge_sizes(nint tensor, long* sizes);
    [LibraryImport(Library)] internal static partial long bridge_strides(nint tensor, long* strides);
    [LibraryImport(Library)] internal static partial long bridge_storage_offset(nint tensor);
    [LibraryImport(Library)] internal static partial nint bridge_data(nint tensor);
    [LibraryImport(Library)] internal static partial void bridge_release(nint tensor);
    [LibraryImport(Library)] internal static partial nint bridge_alias(nint tensor);

    // Autograd.
    [LibraryImport(Library)] internal static partial long bridge_set_requires_grad(nint tensor, long value);
    [LibraryImport(Library)] internal static partial long bridge_is_leaf(nint tensor);
    [LibraryImport(Library)] internal static partial long bridge_retain_grad(nint tensor);
    [LibraryImport(Library)] internal static partial nint bridge_grad(nint tensor);
    [LibraryImport(Library)] internal static partial long bridge_set_grad(nint tensor, nint gradient);
    [LibraryImport(Library)] internal static partial long bridge_backward(nint* tensors, int count, nint* gradients, int gradientCount, int retainGraph, int createGraph, nint* inputs, int inputCount);
    [LibraryImport(Library)] internal static partial long bridge_gradients(nint* outputs, int count, nint* inputs, int inputCount, nint* gradients, int gradientCount, int retainGraph, int createGraph, int allowUnused, nint* results);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long bridge_grad_mode();
    [LibraryImport(Library), SuppressGCTransition] internal static partial void bridge_set_grad_mode(long enabled);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long bridge_inference_mode();
    [LibraryImport(Library)] internal static partial nint bridge_enter_inference_mode(long enabled);
    [LibraryImport(Library)] internal static partial void bridge_leave_inference_mode(nint guard);

    // Random numbers.
    [LibraryImport(Library)] internal static partial long bridge_manual_seed(ulong seed);
    [LibraryImport(Library)] internal static partial nint bridge_generator(ulong seed);
    [LibraryImport(Library)] internal static partial nint bridge_default_generator();
    [LibraryImport(Library)] internal static partial void bridge_release_generator(nint generator);
    [LibraryImport(Library)] internal static partial long bridge_generator_seed(GeneratorHandle generator, long fresh, ulong* seed);
    [LibraryImport(Library)] internal static partial long bridge_generator_manual_seed(GeneratorHandle generator, ulong seed);
    [LibraryImport(Library)] internal static partial nint bridge_generator_state(GeneratorHandle generator);
    [LibraryImport(Library)] internal static partial long bridge_generator_set_state(GeneratorHandle generator, nint state);

    /// <summary>The exception for this thread's last failure.</summary>
    internal static ExternalException Failure() => new(Marshal.PtrToStringUTF8(bridge_last_error()));

    /// <summary>Passes a result on, or throws if it is -1.</summary>
    internal static long Checked(long result) => result == -1 ? throw Failure() : result;

    /// <summary>Passes a pointer on, or throws if it is null.</summary>
    internal static nint Checked(nint result) => result == 0 ? throw Failure() : result;
}
