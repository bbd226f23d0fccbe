namespace MLNet.Transformers.Tasks;

/// <summary>The getter of an output that is a vector.</summary>
internal static class VectorGetter
{
    public static ValueGetter<VBuffer<T>> Of<T>(Func<IReadOnlyList<T>> current) => (ref VBuffer<T> target) =>
    {
        var values = current();
        var editor = VBufferEditor.Create(ref target, values.Count);
        for (var i = 0; i < values.Count; i++)
            editor.Values[i] = values[i];
        target = editor.Commit();
    };
}
