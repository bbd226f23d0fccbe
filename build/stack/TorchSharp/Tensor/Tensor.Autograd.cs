using TorchSharp.Bridge;
using static TorchSharp.Bridge.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public bool requires_grad
        {
            get => Read(&bridge_requires_grad) != 0;
            set
            {
                using var held = new HeldTensor(this);
                Checked(bridge_set_requires_grad(held.Address, value ? 1 : 0));
            }
        }

        public bool is_leaf => Checked(Read(&bridge_is_leaf)) != 0;

        /// <summary>The gradient that backward left, or null.</summary>
        public Tensor? grad
        {
            get
            {
                using var held = new HeldTensor(this);
                var gradient = bridge_grad(held.Address);
                return gradient == 0 ? null : new Tensor(new TensorHandle(gradient));
            }
            set
            {
                using var held = new HeldTensor(this);
                using var gradient = new HeldTensor(value);
                Checked(bridge_set_grad(held.Address, gradient.Address));
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad() => Checked(Read(&bridge_retain_grad));

        public Tensor detach() => Operators.Call("aten::detach", this);

        public Tensor detach_() => InPlace("aten::detach_", this);

        public void backward() => autograd.backward([this]);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
