using System.Reflection;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(TextLoader), null, typeof(SignatureLoadModel), "Text Loader", TextLoader.LoaderSignature)]

namespace Microsoft.ML.Data;

/// <summary>Loads text files with one row a line and its fields between separators.</summary>
public sealed partial class TextLoader : IDataLoader<IMultiStreamSource>
{
    internal const string LoaderSignature = "TextLoader";
    private const int SampledRows = 100;

    private readonly IHost _host;
    private readonly TextFormat _format;
    private readonly TextColumn[] _columns;
    private readonly string _header;
    private readonly bool _useThreads;
    private readonly DataViewSchema _schema;

    internal TextLoader(IHostEnvironment environment, Options options, IMultiStreamSource dataSample)
    {
        Contracts.CheckValue(environment, nameof(environment));
        _host = environment.Register(LoaderSignature);
        dataSample ??= new MultiFileSource(null);
        var headerFile = string.IsNullOrWhiteSpace(options?.HeaderFile) ? null : new MultiFileSource(options.HeaderFile);
        options ??= new Options();
        var columns = TextFileDescription.Columns(_host, headerFile ?? dataSample, ref options);

        _format = TextFormat.Create(options);
        _useThreads = options.UseThreads;
        _columns = TextColumnBinder.Bind(columns, () => InputSize(headerFile, dataSample));
        if (headerFile is not null || _format.HasHeader)
            _header = SampleLines(headerFile ?? dataSample).FirstOrDefault().Text;
        _schema = CreateSchema();
    }

    private TextLoader(IHost host, ModelLoadContext context)
    {
        _host = host;
        _format = TextFormat.Load(context);
        _columns = new TextColumn[context.Reader.ReadInt32()];
        for (var i = 0; i < _columns.Length; i++)
            _columns[i] = TextColumn.Load(context);
        _header = context.LoadStringOrNull();
        _useThreads = true;
        _schema = CreateSchema();
    }

    /// <summary>The schema of the data that the loader gives.</summary>
    public DataViewSchema GetOutputSchema() => _schema;

    /// <summary>A view of the files; they are read anew by each cursor.</summary>
    public IDataView Load(IMultiStreamSource source) =>
        new TextFileView(_host, Contracts.CheckValue(source, nameof(source)), _format, _columns, _schema, _useThreads);

    void ICanSaveModel.Save(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        _format.Save(context);
        context.Writer.Write(_columns.Length);
        foreach (var column in _columns)
            column.Save(context);
        context.SaveStringOrNull(_header);
    }

    /// <summary>The columns that the members of a class describe with <see cref="LoadColumnAttribute"/>.</summary>
    internal static Column[] ColumnsOf<TInput>()
    {
        MemberInfo[] members =
        [
            .. typeof(TInput).GetFields(BindingFlags.Public | BindingFlags.Instance),
            .. typeof(TInput).GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetGetMethod() is not null && property.GetIndexParameters().Length == 0),
        ];
        Contracts.CheckParam(members.Length > 0, nameof(TInput),
            $"Should define at least one public, readable field or property in {nameof(TInput)}.");
        return [.. members.Select(ColumnOf)];
    }

    private static TextLoader Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new TextLoader(environment.Register(LoaderSignature), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("TXTLOADR", LoaderSignature);

    private static Column ColumnOf(MemberInfo member)
    {
        var (kind, type) = member is FieldInfo field ? ("Field", field.FieldType) : ("Property", ((PropertyInfo)member).PropertyType);
        var source = member.GetCustomAttribute<LoadColumnAttribute>()
            ?? throw Contracts.Except($"{kind} '{member.Name}' is missing the {nameof(LoadColumnAttribute)} attribute");
        if (!DataKinds.TryGet(type.IsArray ? type.GetElementType() : type, out var dataKind))
            throw Contracts.Except($"{kind} {member.Name} is of unsupported type.");
        return new Column
        {
            Name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name,
            DataKind = dataKind,
            Source = source.Sources,
            KeyCount = member.GetCustomAttribute<KeyTypeAttribute>()?.KeyCount,
        };
    }

    private int InputSize(IMultiStreamSource headerFile, IMultiStreamSource dataSample)
    {
        if (_format.InputSize > 0)
            return _format.InputSize;
        var splitter = new TextFieldSplitter(_format, TextParseLog.Silent);
        var lines = (headerFile is null ? [] : SampleLines(headerFile).Take(1)).Concat(SampleLines(dataSample).Take(SampledRows));
        var sizes = lines.Select(line => splitter.Split(line, int.MaxValue)).Where(size => size > 0).Distinct().Take(2).ToArray();
        return sizes.Length switch
        {
            0 => throw _host.ExceptUserArg(nameof(Column.Source), "Can't determine the number of source columns without valid data"),
            1 => Math.Min(sizes[0], TextSegment.EndOfLine - 1),
            _ => throw _host.ExceptUserArg(nameof(Column.Source), "The size of input lines is not consistent"),
        };
    }

    /// <summary>The lines of a sample, header and all.</summary>
    private IEnumerable<TextLine> SampleLines(IMultiStreamSource source) =>
        TextLines.Read(source, _format with { HasHeader = false, MaxRows = long.MaxValue });

    private DataViewSchema CreateSchema()
    {
        var splitter = new TextFieldSplitter(_format, TextParseLog.Silent);
        if (!string.IsNullOrEmpty(_header))
            splitter.Split(new TextLine(null, 1, _header), int.MaxValue);
        var builder = new DataViewSchema.Builder();
        foreach (var column in _columns)
            builder.AddColumn(column.Name, column.Type, TextSlotNames.Annotations(column, splitter.Fields));
        return builder.ToSchema();
    }
}
