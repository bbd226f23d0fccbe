using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                RequireFloating(dtype);
                return Move(device, dtype);
            }

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) =>
                Move(new Device(deviceType, deviceType == DeviceType.CUDA ? deviceIndex : -1), null);

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                RequireFloating(dtype);
                return Move(null, dtype);
            }

            public Module _to(Tensor other, bool non_blocking)
            {
                _to(other.dtype, non_blocking);
                return _to(other.device_type, other.device_index, non_blocking);
            }

            protected static (Device device, ScalarType dtype) GetDefaultDeviceAndType(Device? device = null, ScalarType? dtype = null) =>
                (device ?? get_default_device(), dtype ?? get_default_dtype());

            /// <summary>Makes the parameter anew when it is elsewhere or of another type, with its gradient; false when it can stay.</summary>
            protected static bool ReplaceParameter(ScalarType? dtype, Device? device, Parameter param, out Parameter? p)
            {
                p = null;
                if (Fits(param, dtype, device))
                    return false;
                using var frozen = no_grad();
                p = new Parameter(param.to(dtype ?? param.dtype, device ?? param.device), param.requires_grad);
                p.DetachFromDisposeScope();
                using var gradient = param.grad;
                if (gradient is not null)
                {
                    using var moved = gradient.to(dtype ?? param.dtype, device ?? param.device);
                    p.grad = moved;
                }
                return true;
            }

            protected static bool ReplaceBuffer(ScalarType? dtype, Device? device, Tensor buffer, out Tensor? result)
            {
                var target = dtype is not null && buffer.is_floating_point() ? dtype.Value : buffer.dtype;
                result = null;
                if (Fits(buffer, target, device))
                    return false;
                result = buffer.to(target, device ?? buffer.device, disposeAfter: true).DetachFromDisposeScope();
                return true;
            }

            private Module Move(Device? device, ScalarType? dtype)
            {
                if (device is { type: DeviceType.CUDA } && !cuda.is_available())
                    throw new InvalidOperationException("CUDA is not available.");
                foreach (var (_, child) in named_children())
                {
                    if (device is null)
                        child._to(dtype!.Value, false);
                    else if (dtype is null)
                        child._to(device.type, device.index, false);
                    else
                        child._to(device, dtype.Value, false);
                }
                foreach (var (name, parameter) in named_parameters(false).ToList())
                {
                    if (!ReplaceParameter(dtype, device, parameter, out var moved))
                        continue;
                    ConditionallyRegisterParameter(name, moved);
                    Assign(name, moved!);
                    parameter.Dispose();
                }
                foreach (var (name, buffer) in named_buffers(false).ToList())
                {
                    if (!ReplaceBuffer(dtype, device, buffer, out var moved))
                        continue;
                    ConditionallyRegisterBuffer(name, moved);
                    Assign(name, moved!);
                }
                return this;
            }

            /// <summary>Puts a moved tensor into the property or the field that held it.</summary>
            private void Assign(string name, Tensor value)
            {
                if (GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance) is { CanWrite: true } property)
                    property.SetValue(this, value);
                else
                    Fields().FirstOrDefault(field => field.ComponentName() == name)?.SetValue(this, value);
            }

            private static bool Fits(Tensor tensor, ScalarType? dtype, Device? device) =>
                (dtype is null || tensor.dtype == dtype) &&
                (device is null || (tensor.device_type == device.type && (device.index < 0 || tensor.device_index == device.index)));

            private static void RequireFloating(ScalarType dtype)
            {
                if (dtype is not (ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64
                    or ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64))
                    throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got desired dtype={dtype}");
            }
        }
    }
}
