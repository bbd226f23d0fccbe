using TorchSharp.Bridge;
using static TorchSharp.Bridge.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Automatic differentiation.</summary>
    public static unsafe partial class autograd
    {
        public static void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            using var outputs = new HeldTensors(tensors);
            using var gradients = new HeldTensors(grad_tensors);
            using var leaves = new HeldTensors(inputs);
            fixed (nint* o = outputs.Addresses, g = gradients.Addresses, i = leaves.Addresses)
            {
                Checked(bridge_backward(o, outputs.Count, g, gradients.Count, (retain_graph ?? create_graph) ? 1 : 0, create_graph ? 1 : 0, i, leaves.Count));
            }
        }

        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        /// <summary>The gradients of the outputs' sum with respect to each input; an unused input's is an invalid tensor where <paramref name="allow_unused"/>.</summary>
        public static IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            using var results = new HeldTensors(outputs);
            using var leaves = new HeldTensors(inputs);
            using var gradients = new HeldTensors(grad_outputs);
            var found = new nint[leaves.Count];
            fixed (nint* r = results.Addresses, i = leaves.Addresses, g = gradients.Addresses, f = found)
            {
                Checked(bridge_gradients(r, results.Count, i, leaves.Count, g, gradients.Count, (retain_graph || create_graph) ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, f));
            }
            return Array.ConvertAll(found, handle => new Tensor(new TensorHandle(handle)));
        }
    }

    public static bool is_grad_enabled() => bridge_grad_mode() != 0;
    public static bool is_inference_mode_enabled() => bridge_inference_mode() != 0;

    /// <summary>No gradients are recorded until the result is disposed.</summary>
    public static IDisposable no_grad() => new GradMode(false);
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    /// <summary>No gradients, and no bookkeeping for them either, until the result is disposed on the same thread.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    private sealed class GradMode : IDisposable
    {
        private readonly bool previous = is_grad_enabled();

        internal GradMode(bool enabled) => bridge_set_grad_mode(enabled ? 1 : 0);

        public void Dispose() => bridge_set_grad_mode(previous ? 1 : 0);
    }

    private sealed class InferenceMode(bool mode) : IDisposable
    {
        private readonly int thread = Environment.CurrentManagedThreadId;
        private nint guard = bridge_enter_inference_mode(mode ? 1 : 0);

        public void Dispose()
        {
            if (guard != 0 && thread != Environment.CurrentManagedThreadId)
            {
                throw new InvalidOperationException("Inference mode ends on the thread that it began on.");
            }
            var leaving = Interlocked.Exchange(ref guard, 0);
            if (leaving != 0)
            {
                bridge_leave_inference_mode(leaving);
            }
        }
    }
}
