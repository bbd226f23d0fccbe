using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>The base of every layer: a tree of submodules with their parameters and buffers.</summary>
        public partial class Module : IDisposable
        {
            private readonly OrderedDictionary<string, Module> _submodules = [];
            private readonly OrderedDictionary<string, Parameter> _parameterTable = [];
            private readonly OrderedDictionary<string, (Tensor tensor, bool persistent)> _bufferTable = [];
            private bool _training = true;
            private bool _componentsRegistered;
            private bool _disposed;

            /// <summary>The name given to the constructor.</summary>
            protected string? name;

            protected Module(string name) => this.name = name;

            public virtual bool training => _training;

            public virtual string GetName() => name ?? GetType().Name;

            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var (_, child) in named_children())
                    child.train(train);
            }

            public virtual void eval() => train(false);

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in named_children())
                    child.apply(fn);
                fn(this);
                return this;
            }

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var (_, parameter) in named_parameters())
                {
                    using var gradient = parameter.grad;
                    if (gradient is null)
                        continue;
                    if (set_to_none)
                        parameter.grad = null;
                    else
                        gradient.zero_();
                }
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || _disposed)
                    return;
                foreach (var (_, buffer) in named_buffers(false).ToList())
                    buffer.DetachFromDisposeScope().Dispose();
                foreach (var (_, parameter) in named_parameters(false).ToList())
                    parameter.DetachFromDisposeScope().Dispose();
                foreach (var (_, module) in named_modules().ToList())
                    module.Dispose();
                _disposed = true;
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null)
                    throw new ArgumentNullException(nameof(tensor), "A null tensor cannot be registered as a buffer.");
                if (!_bufferTable.TryAdd(name, (tensor, persistent)))
                    throw new InvalidOperationException($"Tensor {name} is already registered.");
            }

            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null)
                    throw new ArgumentNullException(nameof(param), "A null tensor cannot be registered as a parameter.");
                if (!_parameterTable.TryAdd(name, param))
                    throw new InvalidOperationException($"Parameter {name} is already registered.");
            }

            public void add_module(string name, Module module) => register_module(name, module);

            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null || submodule._disposed)
                {
                    _submodules.Remove(name);
                    return;
                }
                if (name.Contains('.'))
                    throw new ArgumentException($"module name can't contain \".\", got: {name}");
                if (string.IsNullOrEmpty(name))
                    throw new ArgumentException("module name can't be empty string \"\"");
                if (_submodules.ContainsKey(name))
                    throw new InvalidOperationException($"Sub-module {name} is already registered.");
                submodule.RegisterComponents();
                _submodules.Add(name, submodule);
            }

            /// <summary>Registers every field that holds a module, a parameter or a tensor, under the field's name.</summary>
            protected virtual void RegisterComponents()
            {
                if (_componentsRegistered)
                    return;
                foreach (var field in Fields())
                {
                    var component = field.ComponentName();
                    if (_submodules.ContainsKey(component) || _parameterTable.ContainsKey(component) || _bufferTable.ContainsKey(component))
                        continue;
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(component, module);
                            break;
                        case Parameter parameter:
                            register_parameter(component, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(component, tensor);
                            break;
                    }
                }
                _componentsRegistered = true;
            }

            protected void ConditionallyRegisterParameter(string name, Tensor? value) =>
                ConditionallyRegisterParameter(name, value as Parameter);

            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null)
                    _parameterTable.Remove(name);
                else
                    _parameterTable[name] = value;
            }

            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null)
                    _bufferTable.Remove(name);
                else
                    _bufferTable[name] = (value, persistent);
            }

            protected void ClearModules() => _submodules.Clear();

            private IEnumerable<FieldInfo> Fields()
            {
                const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
                var seen = new HashSet<string>();
                for (var type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                    foreach (var field in type.GetFields(Declared))
                        if (seen.Add(field.Name))
                            yield return field;
            }
        }
    }
}
