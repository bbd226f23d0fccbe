using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(ColumnConcatenatingTransformer), null, typeof(SignatureLoadModel),
    "Concat Transform", ColumnConcatenatingTransformer.LoaderSignature)]

namespace Microsoft.ML.Data;

/// <summary>Puts columns together into one vector.</summary>
public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
{
    internal const string LoaderSignature = "ConcatTransform";

    private readonly string _output;
    private readonly (string Name, string Alias)[] _inputs;

    /// <param name="environment">The environment.</param>
    /// <param name="output">The vector's name.</param>
    /// <param name="inputs">The columns, and what slot names call them if not by their names.</param>
    internal ColumnConcatenatingTransformer(IHostEnvironment environment, string output, params (string Name, string Alias)[] inputs)
        : base(environment.Register(nameof(ColumnConcatenatingTransformer)))
    {
        _output = output;
        _inputs = inputs;
    }

    private ColumnConcatenatingTransformer(IHost host, ModelLoadContext context)
        : base(host)
    {
        _output = context.LoadNonEmptyString();
        _inputs = new (string, string)[context.Reader.ReadInt32()];
        for (var i = 0; i < _inputs.Length; i++)
            _inputs[i] = (context.LoadNonEmptyString(), context.LoadStringOrNull());
    }

    private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema)
    {
        DataViewSchema.Column[] inputs = [.. _inputs.Select(input => inputSchema.Input(Host, input.Name))];
        if (inputs is [{ Type: VectorDataViewType }])
            return [MappedColumn.Copy(_output, inputs[0])];
        var itemType = (PrimitiveDataViewType)inputs[0].Type.GetItemType();
        foreach (var input in inputs)
        {
            if (!input.Type.GetItemType().Equals(itemType))
                throw Host.ExceptSchemaMismatch(nameof(inputSchema), "input", input.Name, itemType.ToString(), input.Type.ToString());
        }
        var size = inputs.All(input => input.Type.GetValueCount() > 0) ? checked(inputs.Sum(input => input.Type.GetValueCount())) : 0;
        string[] names = [.. _inputs.Select(input => input.Alias ?? input.Name)];
        return
        [
            MappedColumn.Create(_output, new VectorDataViewType(itemType, size), ConcatenatedAnnotations.Of(inputs, names, itemType, size), inputs,
                row => Generic.Invoke<Delegate>(MakeGetter<int>, itemType.RawType, row.Input, inputs)),
        ];
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        context.SaveNonEmptyString(_output);
        context.Writer.Write(_inputs.Length);
        foreach (var (name, alias) in _inputs)
        {
            context.SaveNonEmptyString(name);
            context.SaveStringOrNull(alias);
        }
    }

    private static ColumnConcatenatingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(nameof(ColumnConcatenatingTransformer)), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("CONCAT F", LoaderSignature);

    /// <summary>Sparse where at most half of the slots have values of their own.</summary>
    private static ValueGetter<VBuffer<T>> MakeGetter<T>(DataViewRow row, DataViewSchema.Column[] inputs)
    {
        ValueGetter<VBuffer<T>>[] getters = [.. inputs.Select(input => VectorGetters.Get<T>(row, input))];
        var parts = new VBuffer<T>[inputs.Length];
        return (ref VBuffer<T> value) =>
        {
            var (length, count) = (0, 0);
            for (var i = 0; i < parts.Length; i++)
            {
                getters[i](ref parts[i]);
                var expected = inputs[i].Type.GetValueCount();
                if (expected != 0 && expected != parts[i].Length)
                    throw Contracts.Except($"Column '{inputs[i].Name}': expected {expected} slots, but got {parts[i].Length}");
                length = checked(length + parts[i].Length);
                count += parts[i].GetValues().Length;
            }
            var isSparse = count <= length / 2;
            var editor = VBufferEditor.Create(ref value, length, isSparse ? count : length);
            if (isSparse)
                Join(parts, editor);
            else
                Fill(parts, editor);
            value = editor.Commit();
        };
    }

    private static void Join<T>(VBuffer<T>[] parts, VBufferEditor<T> editor)
    {
        var (offset, next) = (0, 0);
        foreach (var part in parts)
        {
            var values = part.GetValues();
            var indices = part.GetIndices();
            values.CopyTo(editor.Values[next..]);
            // An empty vector is dense and sparse at once, and then has no room for indices.
            for (var i = 0; i < values.Length; i++)
                editor.Indices[next++] = offset + (part.IsDense ? i : indices[i]);
            offset += part.Length;
        }
    }

    private static void Fill<T>(VBuffer<T>[] parts, VBufferEditor<T> editor)
    {
        var offset = 0;
        foreach (var part in parts)
        {
            part.CopyTo(editor.Values, offset);
            offset += part.Length;
        }
    }
}
