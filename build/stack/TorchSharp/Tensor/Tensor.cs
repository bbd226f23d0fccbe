using TorchSharp.Bridge;
using static TorchSharp.Bridge.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>An array of numbers of one type and any number of dimensions, on a device, with its gradient's history.</summary>
    public partial class Tensor : IDisposable
    {
        private static long peak;

        internal readonly TensorHandle handle;

        internal Tensor(TensorHandle handle, bool register = true)
        {
            this.handle = handle;
            if (register)
            {
                OwningDisposeScope = DisposeScopeManager.ThreadSingleton.RegisterOnCurrentDisposeScope(this);
            }
            // Only a diagnostic, so a race that loses a peak by a few is no matter.
            peak = Math.Max(peak, TensorHandle.Live);
        }

        /// <summary>How many tensors are alive in C#.</summary>
        public static long TotalCount => TensorHandle.Live;

        /// <summary>The most that were alive at a time.</summary>
        public static long PeakCount => peak;

        /// <summary>The scope that will dispose this tensor.</summary>
        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>A name, for debugging.</summary>
        public string? name { get; set; }

        /// <summary>Whether the tensor has been disposed.</summary>
        public bool IsInvalid => handle.IsClosed || handle.IsInvalid;

        /// <summary>The native tensor's address. It keeps nothing alive: hold on to the tensor while using it.</summary>
        public IntPtr Handle => IsInvalid ? throw TensorHandle.Invalid() : handle.DangerousGetHandle();

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (!disposing || handle.IsClosed)
            {
                return;
            }
            DisposeScopeManager.ThreadSingleton.DisposingOnCurrentScope(this);
            OwningDisposeScope?.MarkAsDisposed(this);
            handle.Dispose();
        }

        /// <summary>Moves the tensor to the scope around its own, or out of all scopes where there is none.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes the tensor out of all scopes.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => Move(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope other) => Move(other);

        /// <summary>A second C# owner of the same native tensor.</summary>
        public Tensor alias() => new(Alias());

        public override bool Equals(object? obj) => obj is Tensor tensor && Equals(tensor);

        public bool Equals(Tensor target) => Operators.CallBool("aten::equal", this, target);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        /// <summary>A new reference to the native tensor, for a subclass that takes its place.</summary>
        internal TensorHandle Alias()
        {
            using var held = new HeldTensor(this);
            return new TensorHandle(bridge_alias(held.Address));
        }

        /// <summary>The native tensor's address, which stays valid until <see cref="LetGo"/>.</summary>
        internal nint Hold() => handle.Hold();

        internal void LetGo() => handle.LetGo();

        private Tensor Move(DisposeScope? scope)
        {
            if (OwningDisposeScope is null)
            {
                scope?.Attach(this);
            }
            else
            {
                OwningDisposeScope.MoveToOther(scope, this);
            }
            return this;
        }

        /// <summary>Runs an operator that changes this tensor, and returns the tensor.</summary>
        private Tensor InPlace(string name, params ReadOnlySpan<Argument> arguments)
        {
            Operators.Run(name, arguments);
            return this;
        }
    }
}
