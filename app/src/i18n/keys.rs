//! Words about the keys.

words! {
    title = "键盘操作", "Keyboard";
    everywhere = "任何页面", "Everywhere";
    search = "打开搜索", "Open the search";
    help = "打开本说明", "Show these keys";
    tab = "到下一个、上一个可操作处", "To the next or the previous thing that can be used";
    escape = "关闭对话框；放弃正在输入的内容", "Close a dialog; give up what is being typed";
    tables = "表格", "Tables";
    row = "上一行、下一行", "Row above, row below";
    ends = "首行、末行", "First row, last row";
    open = "打开", "Open";
    choose = "选中或取消这一行", "Select the row, or let it go";
    clear = "取消全部选择", "Clear the selection";
    plan = "编制计划", "Drafting a plan";
    undo = "撤销、重做", "Undo, redo";
    carry = "把事项上移、下移", "Move the item up or down";
    paste = "粘贴 Excel 中复制的行", "Paste rows copied in Excel";
    cells = "表格编辑时到相邻的格", "In the table: to the cell beside";
    next_row = "表格编辑时到下一行、上一行", "In the table: to the row below, above";
    meeting = "评审会", "Review meeting";
    turn = "上一份、下一份计划", "Previous plan, next plan";
    charts = "图表与搜索结果", "Charts and search results";
    marks = "逐个查看", "From one to the next";
    space = "空格", "Space";
    arrows = "方向键", "Arrow keys";
    show = "键盘操作（?）", "Keyboard (?)";
}
