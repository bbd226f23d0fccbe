using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach (var (name, parameter) in _parameterTable)
                    if (seen.Add(parameter))
                        yield return (name, parameter);
                if (!recurse)
                    yield break;
                foreach (var (child, module) in named_children())
                    foreach (var (name, parameter) in module.named_parameters(true))
                        if (seen.Add(parameter))
                            yield return ($"{child}.{name}", parameter);
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

            /// <summary>Like the real one, never yields a buffer that is not persistent, whatever the second argument says.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach (var (name, (buffer, persistent)) in _bufferTable)
                    if (persistent && seen.Add(buffer))
                        yield return (name, buffer);
                if (!recurse)
                    yield break;
                foreach (var (child, module) in named_children())
                    foreach (var (name, buffer) in module.named_buffers(true, include_nonpersistent))
                        if (seen.Add(buffer))
                            yield return ($"{child}.{name}", buffer);
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(b => b.buffer);

            public virtual IEnumerable<(string name, Module module)> named_children() => _submodules.Select(pair => (pair.Key, pair.Value));

            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in named_children())
                    yield return child;
                foreach (var (child, module) in named_children())
                    foreach (var (name, inner) in module.named_modules())
                        yield return ($"{child}.{name}", inner);
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(m => m.module);

            public virtual IEnumerable<Module> children() => named_children().Select(m => m.module);

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            public virtual Parameter? get_parameter(string target) =>
                _parameterTable.TryGetValue(target, out var own) ? own : Child(target, out var rest)?.get_parameter(rest);

            public virtual Tensor? get_buffer(string target) =>
                _bufferTable.TryGetValue(target, out var own) ? own.tensor : Child(target, out var rest)?.get_buffer(rest);

            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (name, parameter) in named_parameters())
                    destination.TryAdd(start + name, parameter);
                foreach (var (name, buffer) in named_buffers(include_nonpersistent: false))
                    destination.TryAdd(start + name, buffer);
                foreach (var (name, child) in named_children())
                    child.state_dict(destination, start + name);
                return destination;
            }

            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var destination = state_dict();
                var wanted = source.Keys.Where(key => skip is null || !skip.Contains(key)).ToList();
                var unexpected = wanted.Where(key => !destination.ContainsKey(key)).ToList();
                var missing = destination.Keys.Where(key => (skip is null || !skip.Contains(key)) && !source.ContainsKey(key)).ToList();
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                    throw new InvalidOperationException("The loaded state_dict is not identical to the target dictionary.");
                using var frozen = no_grad();
                foreach (var key in wanted.Where(destination.ContainsKey))
                    destination[key].copy_(source[key]);
                return (missing, unexpected);
            }

            private Module? Child(string target, out string rest)
            {
                var dot = target.IndexOf('.');
                rest = dot < 0 ? "" : target[(dot + 1)..];
                var first = dot < 0 ? target : target[..dot];
                return dot < 0 ? null : named_children().FirstOrDefault(c => c.name == first).module;
            }
        }
    }
}
