using System.Globalization;
using System.Text;

namespace TorchSharp;

/// <summary>How a tensor is written.</summary>
public enum TensorStringStyle
{
    /// <summary>Shape, type and device.</summary>
    Metadata,

    /// <summary>Not offered here.</summary>
    Julia,

    /// <summary>Nested brackets.</summary>
    Numpy,

    /// <summary>Not offered here.</summary>
    CSharp,

    /// <summary>Nested brackets.</summary>
    Default,
}

public static partial class torch
{
    public partial class Tensor
    {
        // A dimension of more than twice as many is written as its first and last ones.
        private const int EdgeElements = 3;

        public override string ToString() => IsInvalid ? "" : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";

        public string ToString(TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null)
        {
            if (style == TensorStringStyle.Metadata || is_meta)
            {
                return ToString();
            }
            if (style is TensorStringStyle.Julia or TensorStringStyle.CSharp)
            {
                throw new NotSupportedException($"The style {style} is not offered; {nameof(TensorStringStyle.Numpy)} is.");
            }
            using var scope = NewDisposeScope();
            var text = new StringBuilder();
            Write(text, detach().cpu(), 0, fltFormat ?? "g5", cultureInfo ?? CultureInfo.CurrentCulture, newLine ?? Environment.NewLine);
            return text.ToString();
        }

        public string ToString(bool disamb, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
            disamb ? ToString(TensorStringStyle.Default, fltFormat, width, cultureInfo, newLine) : ToString();

        private static void Write(StringBuilder text, Tensor tensor, int depth, string format, CultureInfo culture, string newLine)
        {
            if (tensor.ndim == 0)
            {
                var value = tensor.ToScalar();
                text.Append(value.Type switch
                {
                    ScalarType.Bool => value.ToBoolean() ? "True" : "False",
                    ScalarType.Int64 => value.ToInt64().ToString(culture),
                    ScalarType.Float64 => value.ToDouble().ToString(format, culture),
                    _ => value.ToComplexFloat64().ToString(format, culture),
                });
                return;
            }
            var isRow = tensor.ndim == 1;
            // The more dimensions two parts have, the more lines lie between them.
            var separator = isRow ? ", " : string.Concat(Enumerable.Repeat(newLine, (int)tensor.ndim - 1)) + new string(' ', depth + 1);
            var length = tensor.size(0);
            text.Append('[');
            for (var i = 0L; i < length; i++)
            {
                text.Append(i == 0 ? "" : separator);
                if (length > 2 * EdgeElements && i == EdgeElements)
                {
                    text.Append("...").Append(isRow ? " " : separator);
                    i = length - EdgeElements;
                }
                Write(text, tensor[i], depth + 1, format, culture, newLine);
            }
            text.Append(']');
        }
    }
}
