import{h as e}from"./use-size-MA6vAezh.js";import{tt as t,yt as n}from"./_plugin-vue_export-helper-DQi08iEE.js";var r=({from:r,replacement:i,scope:a,version:o,ref:s,type:c=`API`},l)=>{t(()=>n(l),t=>{t&&e(a,`[${c}] ${r} is about to be deprecated in version ${o}, please use ${i} instead.
For more detail, please visit: ${s}
`)},{immediate:!0})};export{r as t};