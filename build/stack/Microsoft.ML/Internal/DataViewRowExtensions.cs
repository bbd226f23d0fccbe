using System.Collections.Concurrent;
using System.Reflection;

namespace Microsoft.ML.Internal;

/// <summary>Getters whose type is known only when they run.</summary>
internal static class DataViewRowExtensions
{
    private static readonly MethodInfo Typed = typeof(DataViewRowExtensions).GetMethod(nameof(TypedGetter), BindingFlags.Static | BindingFlags.NonPublic);
    private static readonly ConcurrentDictionary<Type, Func<DataViewRow, DataViewSchema.Column, Delegate>> Makers = [];

    /// <summary>The getter of a column, of the column's own raw type.</summary>
    public static Delegate GetterOf(this DataViewRow row, DataViewSchema.Column column) =>
        Makers.GetOrAdd(column.Type.RawType,
            static type => Typed.MakeGenericMethod(type).CreateDelegate<Func<DataViewRow, DataViewSchema.Column, Delegate>>())(row, column);

    private static ValueGetter<TValue> TypedGetter<TValue>(DataViewRow row, DataViewSchema.Column column) => row.GetGetter<TValue>(column);
}
